import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BREAK_TYPES } from '../../functions/reconciliation/breaks.ts';
import { storeOf } from './healthy-store.ts';
import { microsAt, payment, type Published } from './published.ts';
import { type Break, newBreaks, type Proof, type TrialStore } from './trial-store.ts';

const DAY = 86_400;
/** A refund, so that a payment's sign shows; a copy of it; and two payments more. */
const PLAIN: readonly Published[] = [
  { id: 'm-1', at: 0, data: payment('p-1', 0) },
  { id: 'm-2', at: 60, data: payment('p-2', 60, { amount: '20.00' }) },
  { id: 'm-2-again', at: 120, data: payment('p-2', 60, { amount: '20.00' }) },
  { id: 'm-3', at: 180, data: payment('p-3', 180, { amount: '30.00', currency: 'USD' }) },
];
const POSTED_AT = microsAt(180) + 1;

let plain: TrialStore;
let healthy: Proof;
beforeAll(async () => {
  plain = await storeOf(PLAIN);
  healthy = await plain.prove();
});
afterAll(() => plain.close());

/** What is compared of a break. */
type Expected = readonly [Pick<Break, 'break_type' | 'severity' | 'transaction_id' | 'message_id' | 'currency' | 'amount' | 'since'>, ...unknown[]];

function as(break_type: string, severity: string, transaction_id: string | null, message_id: string | null, amount: string | null, currency: string | null, since: number): Expected[0] {
  return { break_type, severity, transaction_id, message_id, currency, amount: amount === null ? null : `${amount}.000000000`, since };
}

/** Keeps control totals in step with a row of the ledger that a test adds (1) or takes away (-1). */
const totals = (transaction: string, sign: 1 | -1) =>
  `INSERT INTO posting_totals SELECT posting_run, booking_date, currency, kind, ${sign}, ${sign} * amount_minor, ${sign} * effect_minor FROM payment_transactions WHERE transaction_id = '${transaction}'`;

const BY_HAND: [string, string[], Expected[0], number?][] = [
  ['a copy without its line', ["DELETE FROM payment_journal WHERE message_id = 'm-2-again'"], as('missing_message', 'error', 'p-2', 'm-2-again', '20', 'EUR', microsAt(120)), microsAt(2 * DAY)],
  ['bytes of no meaning without a line: the amount is unknown', ["INSERT INTO raw_messages SELECT source, 99, encode('{\"message\":{\"messageId\":\"m-9\",\"publishTime\":\"2026-01-12T10:00:00Z\",\"data\":\"eA==\"}}'), 9, NULL FROM raw_messages LIMIT 1"], as('missing_message', 'error', null, 'm-9', null, null, microsAt(0)), microsAt(2 * DAY)],
  ['a line without its archive row', ["DELETE FROM raw_messages WHERE decode(line) LIKE '%m-2-again%'"], as('phantom_line', 'error', 'p-2', 'm-2-again', '20', 'EUR', microsAt(120))],
  ['a ledger row from nowhere', ["INSERT INTO payment_transactions SELECT * REPLACE ('x' AS transaction_id, 'm-x' AS message_id, unhex('00') AS identity_key) FROM payment_transactions WHERE transaction_id = 'p-1'", totals('x', 1)], as('phantom_posting', 'error', 'x', 'm-x', '10', 'EUR', POSTED_AT)],
  ['a ledger row twice', [totals('p-1', 1), "INSERT INTO payment_transactions SELECT * FROM payment_transactions WHERE transaction_id = 'p-1'"], as('double_posting', 'error', 'p-1', 'm-1', '10', 'EUR', POSTED_AT)],
  ['an amount changed', ["UPDATE payment_transactions SET amount = 11 WHERE transaction_id = 'p-1'"], as('money_mismatch', 'error', 'p-1', 'm-1', '11', 'EUR', POSTED_AT)],
  ['a copy recorded, too', ["UPDATE payment_journal SET outcome = 'recorded' WHERE message_id = 'm-2-again'"], as('claim_breach', 'error', 'p-2', 'm-2-again', '20', 'EUR', microsAt(120))],
  ['a control total changed', ["UPDATE posting_totals SET gross_minor = gross_minor + 1 WHERE currency = 'USD'"], as('missing_posting', 'error', null, null, null, 'USD', POSTED_AT)],
  ['a control total lost', ["DELETE FROM posting_totals WHERE currency = 'USD'"], as('missing_posting', 'error', null, null, null, 'USD', POSTED_AT)],
  ['a line that no posting took', [totals('p-1', -1), "DELETE FROM payment_transactions WHERE transaction_id = 'p-1'"], as('pending_overdue', 'error', 'p-1', 'm-1', '10', 'EUR', microsAt(0)), microsAt(26 * 3_600 + 1)],
];

describe('done to the store, exactly this break shows', () => {
  test.each(BY_HAND)('%s', async (_name, tamper, expected, now) => {
    const found = await plain.trial(tamper, async () => newBreaks(healthy, await plain.prove({ now })));
    expect(found).toMatchObject([expected]);
  });
});

const FROM_FILES: [string, readonly (Published | string)[], Expected[0][]][] = [
  ['a copy with another amount', [{ id: 'm-4', at: 300, data: payment('p-1', 300, { amount: '12.00' }) }], [as('conflict_open', 'warning', 'p-1', 'm-4', '12', 'EUR', microsAt(300))]],
  ['a rejected message that can be read', [{ id: 'm-4', at: 300, data: payment('p-4', 300, { amount: '12.00', merchant_id: '' }) }], [as('rejected_unresolved', 'warning', 'p-4', 'm-4', '12', 'EUR', microsAt(300))]],
  ['a rejected message that cannot be read', [{ id: 'm-4', at: 300, data: '{"transaction_id":"p-4"' }], [as('rejected_unresolved', 'warning', null, 'm-4', null, null, microsAt(300))]],
  ['an amount below zero is none', [{ id: 'm-4', at: 300, data: payment('p-4', 300, { amount: '-12.00' }) }], [as('rejected_unresolved', 'warning', 'p-4', 'm-4', null, 'EUR', microsAt(300))]],
  ['a message id used again', [{ id: 'm-1', at: 300, data: payment('p-4', 300) }], [as('message_id_reused', 'warning', 'p-1', 'm-1', null, null, microsAt(0))]],
  ['a refund with the id of its payment', [{ id: 'm-4', at: 300, data: payment('p-1', 300, { kind: 'refund' }) }], [as('conflict_open', 'warning', 'p-1', 'm-4', '10', 'EUR', microsAt(300)), as('id_reused_across_kinds', 'warning', 'p-1', 'm-4', '10', 'EUR', microsAt(300))]],
  ['refunds above their payment', [{ id: 'm-4', at: 300, data: payment('r-1', 300, { kind: 'refund', amount: '8', original_transaction_id: 'p-1' }) }, { id: 'm-5', at: 360, data: payment('r-2', 360, { kind: 'chargeback', amount: '5', original_transaction_id: 'p-1' }) }], [as('over_refund', 'warning', 'p-1', 'm-1', '3', 'EUR', microsAt(360) + 1)]],
  ['a payment from the future', [{ id: 'm-4', at: 300, data: payment('p-4', 300 + 3_600) }], [as('clock_skew', 'warning', 'p-4', 'm-4', '10', 'EUR', microsAt(300))]],
  ['a card number in metadata', [{ id: 'm-4', at: 300, data: payment('p-4', 300, { metadata: { note: '4111 1111 1111 1111' } }) }], [as('card_data_seen', 'warning', 'p-4', 'm-4', '10', 'EUR', microsAt(300))]],
];

describe('taken in by the pipeline, exactly this break shows', () => {
  test.each(FROM_FILES)('%s', async (_name, lines, expected) => {
    const store = await storeOf([...PLAIN, ...lines]);
    const proof = await store.prove();
    expect(proof.open).toMatchObject(expected);
    expect(proof.verdict).toBe('reconciled');
    expect((await store.prove()).open, 'the same breaks under the same ids in the next reconciliation').toEqual(proof.open);
    store.close();
  });
});

describe('refunds up to their payment are no break', () => {
  test.each([
    ['all of it', [payment('r-1', 300, { kind: 'refund', original_transaction_id: 'p-1' })]],
    ['refunded, reversed and charged back', [payment('r-1', 300, { kind: 'refund', original_transaction_id: 'p-1' }), payment('r-2', 310, { kind: 'refund_reversal', original_transaction_id: 'p-1' }), payment('r-3', 320, { kind: 'chargeback', original_transaction_id: 'p-1' })]],
    ['in another currency, which cannot be compared', [payment('r-1', 300, { kind: 'refund', amount: '99', currency: 'JPY', original_transaction_id: 'p-1' })]],
    ['of a payment that is not here', [payment('r-1', 300, { kind: 'refund', original_transaction_id: 'p-0' })]],
  ])('%s', async (_name, returns) => {
    const store = await storeOf([...PLAIN, ...returns.map((data, index) => ({ id: `m-r${index}`, at: 300 + index, data }))]);
    expect((await store.prove()).open).toEqual([]);
    store.close();
  });
});

test('an open conflict and an open reject are warnings until they are seven days old', async () => {
  const store = await storeOf([...PLAIN, { id: 'm-4', at: 300, data: payment('p-1', 300, { amount: '12.00' }) }, { id: 'm-5', at: 300, data: 'nothing' }]);
  const severities = async (now: number) => (await store.prove({ now })).open.map((one) => `${one.break_type} ${one.severity}`);
  expect(await severities(microsAt(300 + 7 * DAY))).toEqual(['conflict_open warning', 'rejected_unresolved warning']);
  expect(await severities(microsAt(300 + 7 * DAY) + 2)).toEqual(['conflict_open error', 'rejected_unresolved error']);
  expect((await store.prove({ now: microsAt(300 + 7 * DAY) + 2 })).verdict).toBe('breaks');
  store.close();
});

test('every break names its type, its next step and what was found, under an id of its own', async () => {
  const store = await storeOf([...PLAIN, ...FROM_FILES.flatMap(([, lines], index) => lines.map((line) => (typeof line === 'string' ? line : { ...line, at: line.at + index })))]);
  const { open } = await store.prove();
  expect(new Set(open.map((one) => one.break_id)).size).toBe(open.length);
  for (const one of open) {
    expect(one.break_id).toMatch(new RegExp(`^${one.break_type}:[0-9a-f]{16}$`));
    expect(one.next_step).toBe(BREAK_TYPES.find((type) => type.type === one.break_type)?.next_step);
    expect(one.detail).toMatch(/^[A-Z].*\.$/);
  }
  store.close();
});
