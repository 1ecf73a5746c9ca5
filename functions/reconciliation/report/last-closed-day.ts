import type { Books } from '../../ports.ts';
import { readBookingDays } from './booking-days.ts';
import { countOf } from './rows.ts';

/** The last booking date that is over, `YYYY-MM-DD`, or null where none is yet. Its books never change again. */
export async function lastClosedDay(books: Books): Promise<string | null> {
  const last_run = countOf((await books.query('jobs/report/last-posting-run.sql', { proven_run: 0 }))[0]!, 'run');
  const days = await readBookingDays(books, { first_day: { date: '1970-01-01' }, last_day: { date: '9999-12-31' }, last_run }, null);
  return days.items.find(({ over }) => over)?.booking_date ?? null;
}
