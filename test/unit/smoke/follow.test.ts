import { describe, expect, test } from 'vitest';
import { followPayments } from '../../../smoke/follow-payments.ts';
import type { Stack } from '../../../smoke/google/stack.ts';
import { planTraffic } from '../../../smoke/traffic/plan.ts';

const BEGAN = 1_772_366_400_000_000;
const fault = (code: number) => Object.assign(new Error('amount 12.34'), { code });
const never = (): never => {
  throw new Error('not asked');
};

/** A stack that takes so many messages, and whose books answer every statement with nothing, but for the time and the decisions. */
function trialStack(takes: number, answers: (file: string, parameters: Readonly<Record<string, unknown>>) => Record<string, unknown>[]) {
  const decided: unknown[] = [];
  const data = new Map<string, string>();
  let published = 0;
  const stack: Stack = {
    place: { project: 'p-test', region: 'europe-west1', location: 'EU', claims_database: 'payments-claims' },
    on_emulators: false,
    books: {
      async query(file, parameters = {}) {
        if (file.endsWith('now.sql')) return [{ now: BEGAN }];
        if (file === 'jobs/audit/append.sql') decided.push(parameters.message_id);
        return answers(file, parameters);
      },
      transaction: never,
      materialise: never,
      forget: never,
    },
    bigquery: { insertTwice: never, refusal: never },
    jobs: { list: never, run: never, pause: never, resume: never },
    google: { read: never, statusForStranger: never },
    async publish(bytes) {
      if (published >= takes) throw fault(14);
      const id = `m${published++}`;
      data.set(id, bytes.toString());
      return id;
    },
    deadLetters: never,
    close: async () => undefined,
  };
  return { stack, decided, data };
}

const traffic = planTraffic({ run: 'r1', payments: 8, seed: 1, now: BEGAN });
const around = (stack: Stack) => ({ stack, traffic, began: BEGAN, most: 30, progress: () => undefined });
const FIRST = traffic.waves[0].length;

describe('following the payments', () => {
  test('rejects where nothing could be published', async () => {
    await expect(followPayments(around(trialStack(0, () => []).stack), 'r1')).rejects.toMatchObject({ code: 14 });
  });

  test('where the copies could not be published, it says so, and decides on the rejects that are in the journal', async () => {
    const { stack, decided } = trialStack(FIRST, (file, { message_ids }) => (file.endsWith('lines.sql') ? String(message_ids).trim().split(' ').map((message_id) => ({ message_id, data_sha256: '', outcome: 'recorded', faults: null, journaled_at: BEGAN, seen_at: BEGAN })) : []));
    const { results, notes } = await followPayments(around(stack), 'r1');
    expect(results.map(({ result }) => result)).toEqual(['failed', ...results.slice(1).map(() => 'skipped')]);
    expect(results[0].found).toBe('copies could not be published (14)');
    expect(decided).toEqual(['m8', 'm9']);
    expect(notes).toEqual(['Decided to reject, so that no break stays open: m8, m9.']);
  });

  test('books that answer nothing are waited for, no longer than may be, and told without what they say', async () => {
    const { stack, decided } = trialStack(99, () => {
      throw fault(503);
    });
    const { results, notes } = await followPayments(around(stack), 'r1');
    expect(results[0]).toMatchObject({ result: 'failed', found: expect.stringMatching(/^waited 0 s for the journal: 10 messages have no line: .*; the last look failed \(503\)$/) });
    expect([decided, notes]).toEqual([[], ['Conflict and rejects of this run could not be decided on (503): they become errors after payments:warning_age. See docs/breaks.md.']]);
    expect(JSON.stringify(results)).not.toContain('12.34');
  });
});
