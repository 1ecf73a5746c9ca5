import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { healthyStore } from './healthy-store.ts';
import { newTypes, type Proof, type TrialStore } from './trial-store.ts';

let store: TrialStore;
let healthy: Proof;
let postings: readonly string[];
beforeAll(async () => {
  store = await healthyStore();
  healthy = await store.prove();
  postings = (await store.rows('SELECT transaction_id FROM payment_transactions ORDER BY 1')).map((row) => String(row.transaction_id));
});
afterAll(() => store.close());

const set = (what: string) => (row: string) => `UPDATE payment_transactions SET ${what} WHERE ${row}`;

/** What is done to a ledger row, and the breaks that it must bring, whatever the row. */
const TAMPERINGS: [string, (row: string) => string, string[]][] = [
  ['another transaction_id', set("transaction_id = transaction_id || 'x'"), ['money_mismatch']],
  ['the transaction_id of another payment', set("transaction_id = CASE transaction_id WHEN 'p-9' THEN 'p-10' ELSE 'p-9' END"), ['double_posting', 'money_mismatch']],
  ['another identity_key', set("identity_key = unhex('00112233445566778899aabbccddeeff')"), ['money_mismatch']],
  ['the identity_key of another payment', set("identity_key = (SELECT ANY_VALUE(other.identity_key) FROM payment_transactions AS other WHERE other.transaction_id = CASE payment_transactions.transaction_id WHEN 'p-9' THEN 'p-10' ELSE 'p-9' END)"), ['double_posting', 'money_mismatch']],
  ['a message_id that was never published', set("message_id = message_id || 'x'"), ['phantom_posting']],
  ['other data', set('data_sha256 = unhex(system.main.sha256(hex(data_sha256)))'), ['phantom_posting']],
  ['no hash of the data', set("data_sha256 = ''::BLOB"), ['phantom_posting']],
  ['a hash of one byte', set("data_sha256 = '\\x80'::BLOB"), ['phantom_posting']],
  ['a hash beyond all others', set("data_sha256 = unhex(repeat('ff', 70))"), ['phantom_posting']],
  ['another fingerprint', set('fingerprint = unhex(system.main.sha256(hex(fingerprint)))'), ['money_mismatch']],
  ['another customer', set("customer_id = customer_id || 'x'"), ['money_mismatch']],
  ['another merchant', set("merchant_id = 'thief'"), ['money_mismatch']],
  ['another original', set("original_transaction_id = COALESCE(original_transaction_id || 'x', 'p-1')"), ['money_mismatch']],
  ['customer and merchant exchanged', set('customer_id = merchant_id, merchant_id = customer_id'), ['money_mismatch']],
  ['a cent more', set('amount = amount + 0.01'), ['money_mismatch']],
  ['a billionth less', set('amount = amount - 0.000000001'), ['money_mismatch']],
  ['amount_minor one more', set('amount_minor = amount_minor + 1'), ['missing_posting', 'money_mismatch']],
  ['effect_minor one more', set('effect_minor = effect_minor + 1'), ['missing_posting', 'money_mismatch']],
  ['the sign turned', set('effect_minor = CASE WHEN effect_minor = 0 THEN -1 ELSE -effect_minor END'), ['missing_posting', 'money_mismatch']],
  ['amount and minor units alike', set('amount = amount + 1, amount_minor = amount_minor + 100, effect_minor = effect_minor + 100'), ['missing_posting', 'money_mismatch']],
  ['another currency', set("currency = CASE currency WHEN 'EUR' THEN 'USD' ELSE 'EUR' END"), ['missing_posting', 'money_mismatch']],
  ['another kind', set("kind = CASE kind WHEN 'fee' THEN 'payout' ELSE 'fee' END"), ['missing_posting', 'money_mismatch']],
  ['another posting run', set('posting_run = posting_run + 100'), ['missing_posting']],
  ['another booking date', set('booking_date = booking_date - 1'), ['missing_posting']],
  ['deleted', (row) => `DELETE FROM payment_transactions WHERE ${row}`, ['missing_posting']],
  ['written twice', (row) => `INSERT INTO payment_transactions SELECT * FROM payment_transactions WHERE ${row}`, ['double_posting', 'missing_posting']],
];

const rowOf = (transaction: string) => `transaction_id = '${transaction.replaceAll("'", "''")}'`;

/** A payment with a copy, a dead letter, one of no amount, and one in another currency, in turn; below, all rows at once. */
const SAMPLE = ['p-1', 'dead-2', 'zero-1', 'yen-2'];

describe('a ledger row altered or deleted makes the verdict leave reconciled', () => {
  test.each(TAMPERINGS.map((one, index) => [...one, SAMPLE[index % SAMPLE.length]] as const))('%s', async (_name, tamper, expected, transaction) => {
    const proof = await store.trial(tamper(rowOf(transaction)), () => store.prove());
    expect(proof.verdict, transaction).toBe('breaks');
    expect(newTypes(healthy, proof), transaction).toEqual(expect.arrayContaining(expected));
  });
});

describe('each of the rows is found where all are altered alike', () => {
  const each = TAMPERINGS.filter(([name]) => !/of another payment|deleted|posting run|booking date/.test(name));
  test.each(each)('%s', async (_name, tamper, expected) => {
    // The row's own break is the last one named, but for a row that is there twice.
    const type = expected.find((name) => name !== 'missing_posting');
    const named = await store.trial(tamper('TRUE'), async () => {
      const { open } = await store.prove();
      return new Set(open.filter((one) => one.break_type === type).map((one) => one.transaction_id));
    });
    for (const transaction of postings) expect(named, transaction).toContain(transaction);
  });
});

test('a ledger row that names an equal copy in place of the message that counts is found', async () => {
  const proof = await store.trial("UPDATE payment_transactions SET message_id = 'm-p-1-again' WHERE message_id = 'm-p-1'", () => store.prove());
  expect(proof.verdict).toBe('breaks');
  expect(newTypes(healthy, proof)).toEqual(['money_mismatch']);
});

test('a row that was never posted is found', async () => {
  const proof = await store.trial("INSERT INTO payment_transactions SELECT * REPLACE ('new-1' AS transaction_id, 'm-new' AS message_id, unhex('00112233445566778899aabbccddeeff') AS identity_key) FROM payment_transactions WHERE transaction_id = 'p-9'", () => store.prove());
  expect(proof.verdict).toBe('breaks');
  expect(newTypes(healthy, proof)).toEqual(['missing_posting', 'phantom_posting']);
});

test('a row written twice and altered has one break of each id', async () => {
  const tamper = ["INSERT INTO payment_transactions SELECT * FROM payment_transactions WHERE transaction_id IN ('p-1', 'p-9')", "UPDATE payment_transactions SET amount = 1 WHERE transaction_id = 'p-1'", "UPDATE payment_transactions SET message_id = 'x' WHERE transaction_id = 'p-9'"];
  const { open } = await store.trial(tamper, () => store.prove());
  expect(new Set(open.map((one) => one.break_id)).size).toBe(open.length);
});
