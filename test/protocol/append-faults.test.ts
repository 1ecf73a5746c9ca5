import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bigqueryJournal } from '../../functions/adapters/google/bigquery-journal.ts';
import type { SetTimer } from '../../functions/adapters/google/group-appends.ts';
import { JournalError } from '../../functions/adapters/google/row-store.ts';
import { line } from '../contract/journal.ts';
import { type End, ENDS, rowServer } from './row-server.ts';

/** The journal's own time runs so many times as fast: its deadline of 20 s is 400 ms here. */
const HASTE = 50;
const DEADLINE = 20_000 / HASTE;
/** Milliseconds after which an append that has not been answered hangs. Far beyond the deadline, so that a slow machine is no failure. */
const HANGS_AFTER = 20_000;

const hastily: SetTimer = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds / HASTE);
  return () => clearTimeout(timer);
};

/** An append: milliseconds after the one before, and what its lines are. */
interface Step {
  readonly after: number;
  readonly lines: readonly ('good' | 'bad' | 'poison')[];
}

const step: fc.Arbitrary<Step> = fc.record({
  after: fc.constantFrom(0, 0, 0, 1, 5, 20),
  lines: fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant('good' as const) }, fc.constantFrom('bad' as const, 'poison' as const)), { minLength: 1, maxLength: 4 }),
});
const schedule = fc.record({ steps: fc.array(step, { minLength: 5, maxLength: 30 }), ends: fc.array(fc.constantFrom<End>('ok', ...ENDS), { minLength: 20, maxLength: 20 }) });

/** What became of each append: null when it resolved. */
interface Outcome {
  readonly ids: readonly string[];
  readonly error: unknown;
}

/** Whether an append succeeds, some time: on a busy machine the hasty deadline may pass before. */
async function succeeding(append: () => Promise<Outcome>): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) if ((await append()).error === null) return true;
  return false;
}

async function play({ steps, ends }: { steps: readonly Step[]; ends: readonly End[] }) {
  const server = await rowServer(ends, { slow: DEADLINE / 20, late: DEADLINE * 1.5 });
  const journal = bigqueryJournal(server.bigquery, { dataset: 'books', setTimer: hastily });
  let number = 0;
  const append = (natures: Step['lines']): Promise<Outcome> => {
    const ids = natures.map((nature) => `${nature}-${++number}`);
    return journal.append(ids.map((id) => line(id))).then(() => ({ ids, error: null }), (error: unknown) => ({ ids, error }));
  };
  const appends: Promise<Outcome>[] = [];
  for (const { after, lines } of steps) {
    if (after > 0) await sleep(after);
    appends.push(append(lines));
  }
  const hung = new AbortController();
  const outcomes = await Promise.race([Promise.all(appends), sleep(HANGS_AFTER, null, { signal: hung.signal }).catch(() => null)]);
  hung.abort();
  const storedThen = new Set(server.stored);
  server.heal();
  await server.stop();
  await server.start().catch(() => undefined); // a death that was still under way has started it
  const healed = await succeeding(() => append(['good', 'bad']));
  await server.stop();
  return { outcomes, storedThen, healed, server };
}

test('whatever the service does, an append resolves only where the server keeps its rows, and none hangs; healed, appends resolve again', async () => {
  const seen = { resolved: 0, rejected: 0, ends: new Set<End>() };
  await fc.assert(fc.asyncProperty(schedule, async (plan) => {
    const { outcomes, storedThen, healed, server } = await play(plan);
    expect(outcomes, 'an append hangs').not.toBeNull();
    for (const { ids, error } of outcomes ?? []) {
      if (error === null) expect(ids.filter((id) => !storedThen.has(`${id} ${id.startsWith('good') ? 'recorded' : 'rejected'}`)), 'resolved, but not stored').toEqual([]);
      else expect(error).toBeInstanceOf(JournalError);
      seen[error === null ? 'resolved' : 'rejected'] += 1;
    }
    expect(healed, 'no append succeeds any more').toBe(true);
    for (const end of server.ended.keys()) seen.ends.add(end);
  }), { numRuns: 25, endOnFailure: true });
  expect([...seen.ends].sort(), 'an end that never came tests nothing').toEqual([...ENDS].sort());
  expect(Math.min(seen.resolved, seen.rejected)).toBeGreaterThan(20);
});
