import { daysFromDate, daysInMonth, EARLIEST_EVENT_TIME, LATEST_EVENT_TIME, MICROS_PER_DAY, MICROS_PER_SECOND, type Micros } from './calendar.ts';

/** A time with the offset that it was written with: `Z`, `z` or `±HH:MM`. */
export interface OffsetTime {
  readonly micros: Micros;
  readonly offset: string;
}

const ZERO = 48;
const LENGTH_TO_SECONDS = 19;
const NOT_DIGITS = -1;
/** How many microseconds a fraction's last digit stands for, by the number of digits (at most six count). */
const FRACTION_UNIT = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
const LAST_MINUTE_OF_DAY = 24 * 60 - 1;

/**
 * Reads a time as RFC 3339 (section 5.6) has it: `2026-01-31T23:59:59.123456+02:00`; `t`, `z` and a space for the `T` are
 * fine there and here. The offset is required. Digits beyond the microsecond are cut. A leap second (`:60`, in the last
 * minute of a UTC day only) becomes the next second. Null for anything else, for days that the calendar doesn't have, and
 * for times outside EARLIEST_EVENT_TIME–LATEST_EVENT_TIME.
 */
export function parseRfc3339(text: string): OffsetTime | null {
  if (text.length < LENGTH_TO_SECONDS + 1 || !hasSeparators(text)) return null;
  const year = twoDigitsAt(text, 0) * 100 + twoDigitsAt(text, 2);
  const month = twoDigitsAt(text, 5);
  const day = twoDigitsAt(text, 8);
  const hour = twoDigitsAt(text, 11);
  const minute = twoDigitsAt(text, 14);
  const second = twoDigitsAt(text, 17);
  if (twoDigitsAt(text, 0) < 0 || twoDigitsAt(text, 2) < 0 || month < 1 || month > 12 || day < 1) return null;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return null;
  if (day > 28 && day > daysInMonth(year, month)) return null;

  const fractionEnd = endOfFraction(text);
  if (fractionEnd < 0) return null;
  const offsetMinutes = parseOffset(text, fractionEnd);
  if (offsetMinutes === null) return null;
  const utcMinutes = hour * 60 + minute - offsetMinutes;
  if (second === 60 && modulo(utcMinutes, LAST_MINUTE_OF_DAY + 1) !== LAST_MINUTE_OF_DAY) return null;

  const seconds = utcMinutes * 60 + second;
  const micros = daysFromDate(year, month, day) * MICROS_PER_DAY + seconds * MICROS_PER_SECOND + fractionMicros(text, fractionEnd);
  if (micros < EARLIEST_EVENT_TIME || micros > LATEST_EVENT_TIME) return null;
  return { micros, offset: text.slice(fractionEnd) };
}

/** Minutes that an offset (`Z`, `z`, `±HH:MM`) lies ahead of UTC, or null where it is none. */
export function parseOffset(text: string, at = 0): number | null {
  const first = text.charCodeAt(at);
  if (first === 0x5a /* Z */ || first === 0x7a /* z */) return text.length === at + 1 ? 0 : null;
  if ((first !== 0x2b /* + */ && first !== 0x2d /* - */) || text.length !== at + 6 || text.charCodeAt(at + 3) !== 0x3a /* : */) return null;
  const hours = twoDigitsAt(text, at + 1);
  const minutes = twoDigitsAt(text, at + 4);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return null;
  const total = hours * 60 + minutes;
  return first === 0x2d && total !== 0 ? -total : total;
}

function hasSeparators(text: string): boolean {
  const middle = text.charCodeAt(10);
  return text.charCodeAt(4) === 0x2d && text.charCodeAt(7) === 0x2d
    && (middle === 0x54 /* T */ || middle === 0x74 /* t */ || middle === 0x20)
    && text.charCodeAt(13) === 0x3a && text.charCodeAt(16) === 0x3a;
}

/** The number that two digits write, or negative where they are none. */
function twoDigitsAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NOT_DIGITS;
}

/** Where the offset begins: behind the seconds or behind a fraction of one digit or more; negative where the fraction has none. */
function endOfFraction(text: string): number {
  if (text.charCodeAt(LENGTH_TO_SECONDS) !== 0x2e /* . */) return LENGTH_TO_SECONDS;
  let at = LENGTH_TO_SECONDS + 1;
  while (at < text.length && text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= ZERO + 9) at++;
  return at > LENGTH_TO_SECONDS + 1 ? at : NOT_DIGITS;
}

function fractionMicros(text: string, end: number): number {
  let value = 0;
  let digits = 0;
  for (let at = LENGTH_TO_SECONDS + 1; at < end && digits < 6; at++, digits++) value = value * 10 + text.charCodeAt(at) - ZERO;
  return digits === 0 ? 0 : value * FRACTION_UNIT[digits]!;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
