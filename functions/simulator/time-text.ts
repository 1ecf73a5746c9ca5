/** The simulator's own reading and printing of times: it judges the product, so it doesn't share its code. Times are microseconds since 1970. */
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const dateTexts = new Map<number, string>();

/** `YYYY-MM-DD` of a day, counted from 1970-01-01. */
export function dateText(day: number): string {
  let text = dateTexts.get(day);
  if (text === undefined) {
    const { year, month, date } = calendar(day);
    text = `${year}-${two(month)}-${two(date)}`;
    dateTexts.set(day, text);
  }
  return text;
}

/** Year, month (1–12) and date of a day counted from 1970-01-01, by the proleptic Gregorian calendar. */
export function calendar(day: number): { year: number; month: number; date: number } {
  const shifted = day + 719_468; // days since 0000-03-01, so that leap days end a year
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}

/** RFC 3339 in the given offset (minutes east of UTC; null prints `Z`), with 0, 3 or 6 digits of a second, the rest cut. */
export function timeText(micros: number, offsetMinutes: number | null, digits: 0 | 3 | 6): string {
  const local = micros + (offsetMinutes ?? 0) * MINUTE;
  const day = Math.floor(local / DAY);
  const seconds = Math.floor((local - day * DAY) / SECOND);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${dateText(day)}T${clock}${fractionText(local - day * DAY - seconds * SECOND, digits)}${offsetText(offsetMinutes)}`;
}

/** The UTC date of a time. */
export function utcDate(micros: number): string {
  return dateText(Math.floor(micros / DAY));
}

function fractionText(micros: number, digits: 0 | 3 | 6): string {
  if (digits === 0) return '';
  return digits === 3 ? `.${String(Math.floor(micros / 1000)).padStart(3, '0')}` : `.${String(micros).padStart(6, '0')}`;
}

function offsetText(minutes: number | null): string {
  if (minutes === null) return 'Z';
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const TWO = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

function two(value: number): string {
  return TWO[value] as string;
}
