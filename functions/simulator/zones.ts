import { calendar, DAY, HOUR, MINUTE } from './time-text.ts';

/** Where people pay: the local time decides when. Summer time by the rules of the EU and the US, as in force since 2007. */
export interface Zone {
  readonly name: string;
  /** Minutes east of UTC in winter. */
  readonly standard: number;
  readonly summer: 'eu' | 'us' | null;
}

export const ZONES = [
  { name: 'central_europe', standard: 60, summer: 'eu' },
  { name: 'britain', standard: 0, summer: 'eu' },
  { name: 'us_east', standard: -300, summer: 'us' },
  { name: 'brazil', standard: -180, summer: null },
  { name: 'gulf', standard: 180, summer: null },
  { name: 'india', standard: 330, summer: null },
  { name: 'japan', standard: 540, summer: null },
] as const satisfies readonly Zone[];

export type ZoneName = (typeof ZONES)[number]['name'];

/** Minutes east of UTC in a zone at a time (microseconds since 1970). */
export function offsetAt(zone: Zone, micros: number): number {
  if (zone.summer === null) return zone.standard;
  const { year } = calendar(Math.floor(micros / DAY));
  const [from, to] = summerTime(zone.summer, zone.standard, year);
  return micros >= from && micros < to ? zone.standard + 60 : zone.standard;
}

const summers = new Map<string, readonly [number, number]>();

function summerTime(rule: 'eu' | 'us', standard: number, year: number): readonly [number, number] {
  const key = `${rule}${standard}:${year}`;
  let span = summers.get(key);
  if (span === undefined) {
    span =
      rule === 'eu'
        ? [lastSunday(year, 3) * DAY + HOUR, lastSunday(year, 10) * DAY + HOUR]
        : [
            firstSunday(year, 3, 8) * DAY + 2 * HOUR - standard * MINUTE,
            firstSunday(year, 11, 1) * DAY + 2 * HOUR - (standard + 60) * MINUTE,
          ];
    summers.set(key, span);
  }
  return span;
}

/** Day number (from 1970-01-01) of the first Sunday on or after a date. */
function firstSunday(year: number, month: number, date: number): number {
  const day = Date.UTC(year, month - 1, date) / 86_400_000;
  return day + ((7 - weekday(day)) % 7);
}

function lastSunday(year: number, month: number): number {
  return firstSunday(year, month + 1, 1) - 7;
}

/** 0 is Sunday. Day 0, 1970-01-01, was a Thursday. */
export function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}
