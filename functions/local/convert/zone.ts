import { daysFromDate, MICROS_PER_DAY, MICROS_PER_SECOND, twoDigits, type Micros } from '../../payment/calendar.ts';
import { formatMicros } from '../../payment/time.ts';

/** How a wall's time was turned into an instant: `skipped` and `repeated` are the hours when clocks are put forward or back. */
export type ClockChange = 'none' | 'skipped' | 'repeated';

export interface Instant {
  readonly micros: Micros;
  readonly clock_change: ClockChange;
}

/** A time zone of the IANA database (as the Node in use knows it), or a fixed offset such as `+02:00`. */
export interface Zone {
  /** Seconds that walls there are ahead of UTC at an instant. */
  offsetAt(micros: Micros): number;
  /**
   * The instant of a wall's time. A time that comes twice (clocks put back) is its first; a time that never comes (clocks put
   * forward) is moved on by what was skipped, as most calendars do: 02:30 that isn't there becomes 03:30.
   */
  instantOf(wall: Micros): Instant;
}

/** The zone of that name, or null where there is none. */
export function zoneByName(name: string): Zone | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  } catch {
    return null;
  }
  const offsetAt = offsetsByDay((micros) => exactOffset(format, micros));
  return { offsetAt, instantOf: (wall) => instantOf(offsetAt, wall) };
}

function exactOffset(format: Intl.DateTimeFormat, micros: Micros): number {
  const seconds = Math.floor(micros / MICROS_PER_SECOND);
  const parts: Record<string, number> = {};
  for (const part of format.formatToParts(seconds * 1_000)) parts[part.type] = Number(part.value);
  const wall = daysFromDate(parts.year!, parts.month!, parts.day!) * 86_400 + parts.hour! * 3_600 + parts.minute! * 60 + parts.second!;
  return wall - seconds;
}

/** Asks once a day, as asking takes microseconds: no zone's clock changed twice within one UTC day. */
function offsetsByDay(exact: (micros: Micros) => number): (micros: Micros) => number {
  const constant = new Map<number, number | null>();
  return (micros) => {
    const day = Math.floor(micros / MICROS_PER_DAY);
    let offset = constant.get(day);
    if (offset === undefined) {
      const start = exact(day * MICROS_PER_DAY);
      offset = start === exact((day + 1) * MICROS_PER_DAY) ? start : null;
      constant.set(day, offset);
    }
    return offset ?? exact(micros);
  };
}

function instantOf(offsetAt: (micros: Micros) => number, wall: Micros): Instant {
  // A day is more than any offset, so these two lie before and after every change that the wall's time can be near to.
  const before = offsetAt(wall - MICROS_PER_DAY);
  const after = offsetAt(wall + MICROS_PER_DAY);
  const first = wall - before * MICROS_PER_SECOND;
  if (before === after) return { micros: first, clock_change: 'none' };
  const second = wall - after * MICROS_PER_SECOND;
  const firstFits = offsetAt(first) === before;
  const secondFits = offsetAt(second) === after;
  if (firstFits && secondFits) return { micros: Math.min(first, second), clock_change: 'repeated' };
  if (!firstFits && !secondFits) return { micros: first, clock_change: 'skipped' };
  return { micros: firstFits ? first : second, clock_change: 'none' };
}

/** RFC 3339 with an offset in seconds; in UTC where the offset isn't whole minutes, which RFC 3339 can't write. */
export function formatWithOffset(micros: Micros, offsetSeconds: number): string {
  const minutes = offsetSeconds / 60;
  if (offsetSeconds === 0 || !Number.isInteger(minutes)) return formatMicros(micros);
  const ahead = Math.abs(minutes);
  const offset = `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(ahead / 60))}:${twoDigits(ahead % 60)}`;
  return formatMicros(micros + offsetSeconds * MICROS_PER_SECOND).replace('Z', offset);
}
