import {
  insertBreak, insertLine, insertPosting, insertReconciliation, insertRun, insertTotals, openTestBooks, type TestBooks,
} from './books-fixture.ts';

/** A `<script>`, a formula and an escape sequence, as a stranger may send them in an id. */
export const NASTY_ID = '=1+1<script>alert("x")</script>\u001b[31m';
/** The greatest amount there can be, in EUR: 10^15 minor units. */
export const GREATEST_EUR = '10000000000000.00';

/**
 * Two booking days. 2026-01-30 is over, 2026-01-31 is open. EUR, JPY (no minor unit) and BHD (three digits); a late payment, a conflict,
 * rejects, a missing message in JPY; one posting run came after the proof.
 */
export async function sampleBooks(): Promise<TestBooks> {
  const books = await openTestBooks();
  await insertRun(books, 1, '2026-01-30', 4);
  await insertRun(books, 2, '2026-01-31', 2);
  await insertRun(books, 3, '2026-01-31', 0);
  await insertPosting(books, { id: 'tx-1', run: 1, booking_date: '2026-01-30', amount: '10.50', currency: 'EUR' });
  await insertPosting(books, { id: 'tx-2', run: 1, booking_date: '2026-01-30', amount: GREATEST_EUR, currency: 'EUR' });
  await insertPosting(books, { id: 'tx-3', run: 1, booking_date: '2026-01-30', amount: '1500', currency: 'JPY' });
  await insertPosting(books, { id: 'tx-4', run: 1, booking_date: '2026-01-30', amount: '3.00', currency: 'EUR', kind: 'refund' });
  await insertPosting(books, { id: 'tx-5', run: 2, booking_date: '2026-01-31', amount: '1.234', currency: 'BHD', outcome: 'late', journaled_at: '2026-01-31T12:00:00Z' });
  await insertPosting(books, {
    id: 'tx-6', run: 2, booking_date: '2026-01-31', amount: '7.00', currency: 'EUR', outcome: 'late',
    event_time: '2026-01-29T08:00:00Z', journaled_at: '2026-01-31T13:30:00Z',
  });
  await proof(books);
  await problems(books);
  return books;
}

async function proof(books: TestBooks): Promise<void> {
  const messages = { published: 13, posted: 6, duplicate: 2, conflict: 1, rejected: 3, missing: 1 };
  await insertReconciliation(books, {
    reconciliation: 1, reconciled_at: '2026-01-31T20:00:00Z', posting_run: 1, verdict: 'reconciled', reason: 'This was the one before.', messages: { published: 1, posted: 1 },
  });
  await insertReconciliation(books, {
    reconciliation: 2, reconciled_at: '2026-01-31T23:00:00.000001Z', posting_run: 2, verdict: 'breaks', reason: '2 breaks are errors: 1 message is missing.', errors: 2, warnings: 3, messages,
  });
  await insertTotals(books, 1, 'EUR', 'payment', { published: [1, '1', '1'], posted: [1, '1', '1'] });
  await insertTotals(books, 2, 'EUR', 'payment', {
    published: [6, '10000000000038.5', '10000000000038.5'], posted: [3, '10000000000017.5', '10000000000017.5'], duplicate: [1, '10.5', '10.5'], conflict: [1, '10', '10'], rejected: [1, '0.5', '0.5'],
  });
  await insertTotals(books, 2, 'EUR', 'refund', { published: [2, '6', '-6'], posted: [1, '3', '-3'], duplicate: [1, '3', '-3'] });
  await insertTotals(books, 2, 'JPY', 'payment', { published: [2, '4000', '4000'], posted: [1, '1500', '1500'], missing: [1, '2500', '2500'] });
  // Unreadable: no currency, or none that can be one. Counted, but in no figure.
  await insertTotals(books, 2, '', 'payment', { published: [1, '0', '0'], rejected: [1, '0', '0'] });
  await insertTotals(books, 2, 'eur<script>', 'payment', { published: [1, '99', '99'], rejected: [1, '99', '99'] });
  await insertTotals(books, 2, 'BHD', 'payment', { published: [1, '1.234', '1.234'], posted: [1, '1.234', '1.234'] });
}

async function problems(books: TestBooks): Promise<void> {
  await insertLine(books, { message_id: 'm-9', journaled_at: '2026-01-30T10:00:01Z', outcome: 'conflict', transaction_id: 'tx-1', amount: '12.00', merchant_id: 'other-shop', customer_id: 'customer-other', claim_owner: 'm-tx-1' });
  const fault = { code: 'amount_is_a_number', field: 'amount', found: '10.5', fix: 'Send the amount as a string.' };
  const bare = { code: 'not_json', field: '', found: 'customer-secret', fix: 'Send one JSON object.' };
  for (const message_id of ['r-1', 'r-2']) await insertLine(books, { message_id, journaled_at: '2026-01-31T01:00:00Z', outcome: 'rejected', faults: [fault, bare] });
  await insertLine(books, { message_id: NASTY_ID, journaled_at: '2026-01-31T01:00:02Z', outcome: 'rejected', faults: [bare] });
  await insertBreak(books, 1, { break_id: 'claim_breach:0', break_type: 'claim_breach', severity: 'error', detail: 'Of the reconciliation before.' });
  await insertBreak(books, 2, { break_id: 'missing_message:1', break_type: 'missing_message', severity: 'error', message_id: 'm-8', currency: 'JPY', amount: '2500', since: '2026-01-31T20:00:00Z', next_step: 'Publish the message again.' });
  await insertBreak(books, 2, { break_id: 'conflict_open:1', break_type: 'conflict_open', severity: 'error', transaction_id: 'tx-1', message_id: 'm-9', currency: 'EUR', amount: '12', since: '2025-12-30T10:00:00Z', next_step: 'Decide with `decide m-9`.' });
  for (const [place, message_id] of ['r-1', 'r-2', NASTY_ID].entries()) {
    await insertBreak(books, 2, { break_id: `rejected_unresolved:${place}`, break_type: 'rejected_unresolved', severity: 'warning', message_id, transaction_id: place === 2 ? NASTY_ID : undefined, since: `2026-01-2${place}T01:00:00Z`, next_step: 'Have the producer send it again.' });
  }
}
