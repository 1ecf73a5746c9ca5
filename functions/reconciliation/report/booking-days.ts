import type { Books, SqlParameters } from '../../ports.ts';
import { MAX_BOOKING_DAYS } from './bounds.ts';
import type { Listed } from './listed.ts';
import { countOf, countOrNull, textOf, timeOrNull } from './rows.ts';

/** A day of the books. Once it is over it never changes. */
export interface BookingDay {
  readonly booking_date: string;
  readonly runs: number;
  readonly postings: number;
  /** True when a run with a later booking date has committed; the clock alone closes no day. */
  readonly over: boolean;
  readonly closed_by_run: number | null;
  readonly closed_at: string | null;
}

/** The days of a span, newest first; of one date always that date, be it without a posting. */
export async function readBookingDays(books: Books, span: SqlParameters, date: string | null): Promise<Listed<BookingDay>> {
  const rows = await books.query('jobs/report/booking-days.sql', { ...span, list_limit: MAX_BOOKING_DAYS });
  if (date !== null && rows.length === 0) return { items: [await dayWithoutPosting(books, span, date)], more: 0 };
  const items = rows.map((row) => ({
    booking_date: textOf(row, 'booking_date'),
    runs: countOf(row, 'runs'),
    postings: countOf(row, 'postings'),
    over: row.closed_by_run !== null,
    closed_by_run: countOrNull(row, 'closed_by_run'),
    closed_at: timeOrNull(row, 'closed_at'),
  }));
  return { items, more: rows[0] === undefined ? 0 : countOf(rows[0], 'days') - items.length };
}

async function dayWithoutPosting(books: Books, span: SqlParameters, booking_date: string): Promise<BookingDay> {
  const closing = (await books.query('jobs/report/closing-run.sql', span))[0];
  if (closing === undefined) return { booking_date, runs: 0, postings: 0, over: false, closed_by_run: null, closed_at: null };
  return { booking_date, runs: 0, postings: 0, over: true, closed_by_run: countOf(closing, 'run'), closed_at: timeOrNull(closing, 'posted_at') };
}
