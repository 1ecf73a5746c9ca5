/** Time in the core: microseconds in UTC. Nothing here reads a clock. */
import { dateFromDays, MICROS_PER_DAY, MICROS_PER_SECOND, twoDigits, type Micros } from './calendar.ts';

export { EARLIEST_EVENT_TIME, LATEST_EVENT_TIME, MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND, type Micros } from './calendar.ts';
export { parseOffset, parseRfc3339, type OffsetTime } from './rfc3339.ts';

/** The last midnight, UTC, that is not after the time. A midnight is its own. */
export function utcMidnightBefore(micros: Micros): Micros {
  return Math.floor(micros / MICROS_PER_DAY) * MICROS_PER_DAY;
}

/** The first midnight, UTC, that is after the time. A midnight's is the next day's. */
export function utcMidnightAfter(micros: Micros): Micros {
  return utcMidnightBefore(micros) + MICROS_PER_DAY;
}

/** The UTC date of a time, as `YYYY-MM-DD`. */
export function utcDate(micros: Micros): string {
  return dateFromDays(Math.floor(micros / MICROS_PER_DAY));
}

/** RFC 3339 in UTC: `2026-01-01T00:00:00Z`, or with six digits of fraction where it isn't zero: `2026-01-01T00:00:00.000001Z`. */
export function formatMicros(micros: Micros): string {
  const inDay = micros - utcMidnightBefore(micros);
  const seconds = Math.floor(inDay / MICROS_PER_SECOND);
  const fraction = inDay - seconds * MICROS_PER_SECOND;
  const clock = `${twoDigits(seconds / 3_600 | 0)}:${twoDigits((seconds / 60 | 0) % 60)}:${twoDigits(seconds % 60)}`;
  return fraction === 0 ? `${utcDate(micros)}T${clock}Z` : `${utcDate(micros)}T${clock}.${String(fraction).padStart(6, '0')}Z`;
}
