import { MICROS_PER_DAY, type Micros } from '../payment/time.ts';

/** The UTC midnight at or before an instant. */
export function midnightOf(instant: Micros): Micros {
  return Math.floor(instant / MICROS_PER_DAY) * MICROS_PER_DAY;
}

/**
 * The day that a posting with this cut books into, `YYYY-MM-DD`: the UTC date of the instant before the cut, so that a run
 * cut at midnight closes the day that has just ended.
 */
export function bookingDay(cut: Micros): string {
  const days = Math.floor((cut - 1) / MICROS_PER_DAY);
  return new Date((days * MICROS_PER_DAY) / 1_000).toISOString().slice(0, 10);
}
