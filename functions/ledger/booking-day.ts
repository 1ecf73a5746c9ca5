import { type Micros, utcDate } from '../payment/time.ts';

/**
 * The day that a posting with this cut books into, `YYYY-MM-DD`: the UTC date of the instant before the cut, so that a run
 * cut at midnight closes the day that has just ended.
 */
export function bookingDay(cut: Micros): string {
  return utcDate(cut - 1);
}
