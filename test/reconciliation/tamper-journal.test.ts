import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { healthyStore } from './healthy-store.ts';
import { BARE_LINE, NOTHING_LINE } from './healthy-traffic.ts';
import { newBreaks, newTypes, type Proof, type TrialStore } from './trial-store.ts';

let store: TrialStore;
let healthy: Proof;
beforeAll(async () => {
  store = await healthyStore();
  healthy = await store.prove();
});
afterAll(() => store.close());

/** The archived line of a message, by its id or, where it has none, by its place. */
const rowOf = (message_id: string): string => {
  const line = /^file-1\.jsonl:(\d+)$/.exec(message_id)?.[1];
  return line ? `line_number = ${line}` : `decode(line) LIKE '%"messageId":"${message_id}"%'`;
};
const lineOf = (message_id: string): string => `message_id = '${message_id}'`;

/** A message of each disposition and way, and what shows when its only line, or its only archive row, is deleted. */
const DELETIONS: [string, string, string[], string[]][] = [
  ['posted', 'm-p-9', ['money_mismatch'], ['phantom_line', 'phantom_posting']],
  ['posted, with copies', 'm-p-1', ['money_mismatch'], ['phantom_line', 'phantom_posting']],
  ['posted, bare', `file-1.jsonl:${BARE_LINE}`, ['money_mismatch'], ['phantom_line', 'phantom_posting']],
  ['posted, late', 'm-late', ['money_mismatch'], ['phantom_line', 'phantom_posting']],
  ['posted, a dead letter of its own', 'm-dead-alone', ['money_mismatch'], ['phantom_line', 'phantom_posting']],
  ['posted, of no amount', 'm-zero', ['money_mismatch'], ['phantom_line', 'phantom_posting']],
  ['duplicate', 'm-p-1-again', ['missing_message'], ['phantom_line']],
  ['duplicate, late', 'm-late-copy', ['missing_message'], ['phantom_line']],
  ['duplicate, a dead letter of its own', 'm-dead-copy', ['missing_message'], ['phantom_line']],
  ['conflict', 'm-p-5-tip', ['missing_message'], ['phantom_line']],
  ['conflict, late', 'm-late-conflict', ['missing_message'], ['phantom_line']],
  ['rejected, readable', 'm-no-customer', ['missing_message'], ['phantom_line']],
  ['rejected, unreadable', 'm-no-json', ['missing_message'], ['phantom_line']],
  ['rejected, no message at all', `file-1.jsonl:${NOTHING_LINE}`, ['missing_message'], ['phantom_line']],
];

describe('the only line of a message deleted', () => {
  test.each(DELETIONS)('%s', async (_name, message_id, expected) => {
    const lines = await store.rows(`SELECT message_id FROM payment_journal WHERE ${lineOf(message_id)}`);
    expect(lines, 'its only line').toHaveLength(1);
    const proof = await store.trial(`DELETE FROM payment_journal WHERE ${lineOf(message_id)}`, () => store.prove());
    expect(proof.verdict).toBe('breaks');
    expect(newTypes(healthy, proof)).toEqual(expected);
    expect(newBreaks(healthy, proof).map((one) => one.message_id)).toEqual(expected.map(() => message_id));
  });
});

describe('the only archive row of a message deleted', () => {
  test.each(DELETIONS)('%s', async (_name, message_id, _deletedLine, expected) => {
    const rows = await store.rows(`SELECT line_number FROM raw_messages WHERE ${rowOf(message_id)}`);
    expect(rows, 'its only row').toHaveLength(1);
    const proof = await store.trial(`DELETE FROM raw_messages WHERE ${rowOf(message_id)}`, () => store.prove());
    expect(proof.verdict).toBe('breaks');
    expect(newTypes(healthy, proof)).toEqual(expected);
    expect(newBreaks(healthy, proof).map((one) => one.message_id)).toEqual(expected.map(() => message_id));
  });
});

/** What is done to the line of a posted message and of a copy, and what it brings. */
const ALTERATIONS: [string, string, string, string[]][] = [
  ['the amount of a posted one', "amount = amount + 1", 'm-p-9', ['money_mismatch']],
  ['one of the two lines of a redelivered one', "amount = amount + 1", 'm-p-5', ['money_mismatch']],
  ['the currency of a posted one', "currency = 'USD'", 'm-p-9', ['money_mismatch']],
  ['the kind of a copy', "kind = 'fee'", 'm-p-1-again', ['money_mismatch']],
  ['the sign of a copy', 'effect_minor = -effect_minor', 'm-p-1-again', ['money_mismatch']],
  ['the transaction_id of a posted one', "transaction_id = 'x'", 'm-p-9', ['money_mismatch']],
  ['the identity of a posted one', "identity_key = unhex('00112233445566778899aabbccddeeff')", 'm-p-9', ['money_mismatch']],
  ['the fingerprint of a posted one', 'fingerprint = unhex(system.main.sha256(hex(fingerprint)))', 'm-p-9', ['money_mismatch']],
  ['the message of a copy', "message_id = 'x'", 'm-p-1-again', ['missing_message', 'phantom_line']],
];

describe('a journal line altered', () => {
  test.each(ALTERATIONS)('%s', async (_name, set, message_id, expected) => {
    const first = `journaled_at = (SELECT MAX(journaled_at) FROM payment_journal WHERE ${lineOf(message_id)})`;
    const proof = await store.trial(`UPDATE payment_journal SET ${set} WHERE ${first}`, () => store.prove());
    expect(proof.verdict).toBe('breaks');
    expect(newTypes(healthy, proof)).toEqual(expected);
  });
});

test('an archived line altered is a message that came in no line, and a line of no message', async () => {
  const proof = await store.trial(`UPDATE raw_messages SET line = encode(replace(decode(line), 'm-p-1-again', 'm-p-1-other')) WHERE ${rowOf('m-p-1-again')}`, () => store.prove());
  expect(proof.verdict).toBe('breaks');
  expect(newTypes(healthy, proof)).toEqual(['missing_message', 'phantom_line']);
});

describe('journal and ledger wrong alike: only the archive knows better', () => {
  test.each([
    ['the amount', 'amount = amount + 1, amount_minor = amount_minor + 100, effect_minor = effect_minor + 100'],
    ['the sign', 'effect_minor = -effect_minor'],
    ['the kind', "kind = 'refund_reversal'"],
    ['the currency', "currency = 'USD'"],
    ['the transaction_id', "transaction_id = 'x'"],
  ])('%s', async (_name, set) => {
    const tamper = ['payment_journal', 'payment_transactions'].map((table) => `UPDATE ${table} SET ${set} WHERE message_id = 'm-p-9'`);
    const found = await store.trial(tamper, async () => newBreaks(healthy, await store.prove()));
    expect(found.filter((one) => one.break_type === 'money_mismatch').map((one) => /in the (ledger|journal)/i.exec(one.detail)?.[1]).sort()).toEqual(['journal', 'ledger']);
  });
});

describe('what the pipeline read, but the archive does not say', () => {
  test.each(['transaction_id', 'currency', 'effect'])('%s', async (column) => {
    const unread = ['ALTER VIEW published_payments RENAME TO hidden', `CREATE VIEW published_payments AS SELECT * REPLACE (CASE WHEN message_id <> 'm-p-9' THEN ${column} END AS ${column}) FROM hidden`];
    const found = await store.trial(unread, async () => newBreaks(healthy, await store.prove()));
    const kinds = new Set(found.map((one) => `${one.break_type} ${one.message_id}`));
    expect([...kinds]).toEqual(['money_mismatch m-p-9']);
    expect(found).toHaveLength(2);
  });
});
