import { allCurrencies } from '../../../functions/payment/currencies.ts';
import { bytesOf, insertPosting, insertReconciliation, insertRun, insertTotals, openTestBooks, type TestBooks } from './books-fixture.ts';

export interface LargeBooks {
  readonly currencies: number;
  readonly breaks: number;
  /** Fault codes among the rejected messages. */
  readonly faults: number;
  readonly tiesOut: boolean;
  /** Of every posting, with two digits. */
  readonly amount: string;
}

/** Five types of breaks in equal parts, two of which have parts of their own in a report, and two more types with one break each. */
const TYPES = ['conflict_open', 'rejected_unresolved', 'over_refund', 'clock_skew', 'card_data_seen'];
const RARE_TYPES = ['message_id_reused', 'posted_by_grace'];

/** Books with more of everything than a screen can hold. */
export async function largeBooks({ currencies, breaks, faults, tiesOut, amount }: LargeBooks): Promise<TestBooks> {
  const books = await openTestBooks();
  const codes = allCurrencies().filter(({ exponent, valid_until }) => exponent === 2 && valid_until === null).slice(0, currencies).map(({ code }) => code);
  await insertRun(books, 1, '2026-01-30', codes.length);
  await insertReconciliation(books, { reconciliation: 1, reconciled_at: '2026-01-31T00:00:00Z', posting_run: 1, verdict: tiesOut ? 'reconciled' : 'breaks', errors: tiesOut ? 0 : 1, warnings: breaks, messages: { published: 90, posted: 60, duplicate: 30 } });
  for (const [place, currency] of codes.entries()) {
    await insertPosting(books, { id: `p-${currency}`, run: 1, booking_date: '2026-01-30', amount, currency });
    if (place < 15) await insertPosting(books, { id: `r-${currency}`, run: 1, booking_date: '2026-01-30', amount: '1.25', currency, kind: 'refund' });
    await insertTotals(books, 1, currency, 'payment', { published: [2, tiesOut ? '20' : '21', '20'], posted: [1, '10', '10'], duplicate: [1, '10', '10'] });
  }
  await insertBreaks(books, breaks);
  await insertRejects(books, breaks, faults);
  return books;
}

async function insertBreaks(books: TestBooks, breaks: number): Promise<void> {
  const type = `CASE ${RARE_TYPES.map((name, place) => `WHEN n = ${breaks - 1 - place * TYPES.length} THEN '${name}'`).join(' ')} ELSE ['${TYPES.join("', '")}'][n % ${TYPES.length} + 1] END`;
  await books.run(
    `INSERT INTO reconciliation_breaks SELECT 1, concat('b-', n), ${type}, 'warning', concat('tx-', n), concat('m-', n), 'EUR', n, TIMESTAMPTZ '2026-01-20 00:00:00Z', 'Detail.', 'Do this first. Then that.' FROM range(${breaks}) AS more(n)`,
  );
}

/** A rejected line for each of the messages that a break calls rejected. */
async function insertRejects(books: TestBooks, breaks: number, faults: number): Promise<void> {
  await books.insert('payment_journal', { message_id: 'template', data_sha256: bytesOf('template'), journaled_at: { timestamp: 1_767_225_600_000_000 }, outcome: 'rejected', source: 's', line_number: 1, payload: '{"customer_id":"customer-secret"}' });
  await books.run(
    `INSERT INTO payment_journal SELECT payment_journal.* REPLACE (concat('m-', n) AS message_id, concat('[{"code":"fault_', (n // ${TYPES.length}) % ${faults}, '","field":"amount","found":"x","fix":"Send it again."}]') AS faults)
     FROM payment_journal, range(${breaks}) AS more(n) WHERE message_id = 'template' AND n % ${TYPES.length} = 1`,
  );
}
