import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeOf } from './healthy-store.ts';
import { microsAt, payment } from './published.ts';
import type { TrialStore } from './trial-store.ts';

const HOUR = 3_600;
let store: TrialStore;
beforeAll(async () => {
  store = await storeOf([{ id: 'm-1', at: 0, data: payment('p-1', 0) }, { id: 'm-1-again', at: 60, data: payment('p-1', 0) }, { id: 'm-1-last', at: 2 * HOUR, data: payment('p-1', 0) }, { id: 'm-2', at: 3 * HOUR, data: payment('p-2', 3 * HOUR) }]);
});
afterAll(() => store.close());

/** Archived, in no line: from when on it is missing, seen from 60 s + an hour after its publishing. */
const UNLINED = "DELETE FROM payment_journal WHERE message_id = 'm-1-again'";
const cases: [string, number, readonly string[], string, string][] = [
  ['an hour old', microsAt(60 + HOUR), [], 'pending', 'pending'],
  ['older than an hour', microsAt(60 + HOUR) + 1, [], 'breaks', 'missing'],
  ['older, but its source is behind', microsAt(60 + HOUR) + 1, ['file-1.jsonl is not read to its end'], 'incomplete', 'pending'],
  ['an hour ahead of our clock', microsAt(60 - HOUR), [], 'pending', 'pending'],
  ['further ahead of our clock than that, so nothing that is on its way', microsAt(60 - HOUR) - 1, [], 'breaks', 'missing'],
];

test.each(cases)('archived, in no line, %s', async (_name, now, incomplete, verdict, bucket) => {
  const proof = await store.trial(UNLINED, () => store.prove({ now, incomplete }));
  expect(proof.verdict).toBe(verdict);
  expect({ pending: proof.messages.pending, missing: proof.messages.missing }).toEqual({ pending: 0, missing: 0, [bucket]: 1 });
  expect(proof.open.map((one) => one.break_type)).toEqual(bucket === 'missing' ? ['missing_message'] : []);
});

test('the view goes by the newest line: missing is what is older than that by an hour', async () => {
  const seen = async (message_id: string) => store.trial(`DELETE FROM payment_journal WHERE message_id = '${message_id}'`, () => store.rows(`SELECT disposition FROM message_dispositions WHERE message_id = '${message_id}'`));
  expect(await seen('m-1-again')).toEqual([{ disposition: 'missing' }]);
  expect(await seen('m-1-last')).toEqual([{ disposition: 'pending' }]);
});

test('a message without a publish time, in no line, is missing at once', async () => {
  const line = '{"message":{"messageId":"m-timeless","data":"eA=="}}';
  const proof = await store.trial(`INSERT INTO raw_messages VALUES ('file-1.jsonl', 99, encode('${line}'), ${line.length}, NULL)`, () => store.prove());
  expect(proof.open).toMatchObject([{ break_type: 'missing_message', message_id: 'm-timeless', amount: null, since: null }]);
});
