import type { Books, SqlParameters } from '../../ports.ts';
import { MAX_LATE_PAYMENTS, MAX_POSTING_RUNS } from './bounds.ts';
import { readBookingDays, type BookingDay } from './booking-days.ts';
import { readControlTotals, type CurrencyTotals } from './control-totals.ts';
import { moneyText } from './decimal.ts';
import type { Amounts } from './amounts.ts';
import type { Listed } from './listed.ts';
import { countOf, textOf, textOrNull, timeOf, timeOrNull } from './rows.ts';

/** Before the first and after the last booking date that there can be. */
const FIRST_DAY = '1970-01-01';
const LAST_DAY = '9999-12-31';

/** The books of one booking date, or of all. Depends on the ledger and its posting runs alone. */
export interface LedgerPart {
  readonly booking_date: string | null;
  readonly control_totals: readonly CurrencyTotals[];
  readonly late: LatePart;
  readonly booking_days: Listed<BookingDay>;
  readonly posting_runs: Listed<RunLine>;
}

/** Payments whose event_time was older than the watermark when they came. They count like any other. */
export interface LatePart {
  readonly totals: readonly ({ readonly currency: string } & Amounts)[];
  readonly payments: Listed<LatePayment>;
}

export interface LatePayment {
  readonly transaction_id: string;
  readonly message_id: string;
  readonly kind: string;
  readonly currency: string;
  readonly amount: string;
  readonly event_time: string;
  readonly journaled_at: string;
  readonly booking_date: string;
  readonly producer: string | null;
  /** From event_time to journaled_at, whole minutes. */
  readonly delay_minutes: number;
}

export interface RunLine {
  readonly run: number;
  readonly kind: string;
  readonly from_time: string | null;
  readonly cut: string;
  readonly booking_date: string;
  readonly posted_at: string;
  readonly rows_posted: number;
}

const MICROS_PER_MINUTE = 60_000_000;

/** Reads the books up to `last_run`, of one booking date (`YYYY-MM-DD`) or, with null, of all. */
export async function readLedger(books: Books, date: string | null, last_run: number): Promise<LedgerPart> {
  const span = { first_day: { date: date ?? FIRST_DAY }, last_day: { date: date ?? LAST_DAY }, last_run };
  return {
    booking_date: date,
    control_totals: await readControlTotals(books, span),
    late: await readLate(books, span),
    booking_days: await readBookingDays(books, span, date),
    posting_runs: await readRuns(books, span),
  };
}

async function readLate(books: Books, span: SqlParameters): Promise<LatePart> {
  const totals = (await books.query('jobs/report/late-totals.sql', span)).map((row) => {
    const currency = textOf(row, 'currency');
    return { currency, messages: countOf(row, 'payments'), gross: moneyText(textOf(row, 'gross'), currency), net: moneyText(textOf(row, 'net'), currency) };
  });
  const rows = await books.query('jobs/report/late-payments.sql', { ...span, list_limit: MAX_LATE_PAYMENTS });
  const items = rows.map((row) => ({
    transaction_id: textOf(row, 'transaction_id'),
    message_id: textOf(row, 'message_id'),
    kind: textOf(row, 'kind'),
    currency: textOf(row, 'currency'),
    amount: moneyText(textOf(row, 'amount'), textOf(row, 'currency')),
    event_time: timeOf(row, 'event_time'),
    journaled_at: timeOf(row, 'journaled_at'),
    booking_date: textOf(row, 'booking_date'),
    producer: textOrNull(row, 'producer'),
    delay_minutes: Math.floor(countOf(row, 'delay_micros') / MICROS_PER_MINUTE),
  }));
  return { totals, payments: { items, more: totals.reduce((sum, total) => sum + total.messages, 0) - items.length } };
}

async function readRuns(books: Books, span: SqlParameters): Promise<Listed<RunLine>> {
  const rows = await books.query('jobs/report/posting-runs.sql', { ...span, list_limit: MAX_POSTING_RUNS });
  const items = rows.map((row) => ({
    run: countOf(row, 'run'),
    kind: textOf(row, 'kind'),
    from_time: timeOrNull(row, 'from_time'),
    cut: timeOf(row, 'cut'),
    booking_date: textOf(row, 'booking_date'),
    posted_at: timeOf(row, 'posted_at'),
    rows_posted: countOf(row, 'rows_posted'),
  }));
  return { items, more: rows[0] === undefined ? 0 : countOf(rows[0], 'runs') - items.length };
}
