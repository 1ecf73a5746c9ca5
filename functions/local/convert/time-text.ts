import { EARLIEST_EVENT_TIME, LATEST_EVENT_TIME, MICROS_PER_SECOND, type Micros } from '../../payment/calendar.ts';
import { parseRfc3339 } from '../../payment/rfc3339.ts';
import { compileDatePattern } from './date-pattern.ts';
import type { TimeSource } from './map-schema.ts';
import { formatWithOffset, zoneByName, type ClockChange, type Zone } from './zone.ts';

/** A time in RFC 3339, ready to be published. */
export interface ReadTime {
  readonly text: string;
  readonly micros: Micros;
  readonly clock_change: ClockChange;
}

/** Reads a text; `none` where no format fits (or the time lies outside 1970–2199), `several` where formats disagree. */
export type TimeReader = (text: string) => ReadTime | 'none' | 'several';
type OneFormat = (text: string) => ReadTime | null;

/** Digits behind the point that an epoch's unit leaves for microseconds. */
const EPOCH_DIGITS: Readonly<Record<string, number>> = { epoch_s: 6, epoch_ms: 3, epoch_us: 0 };
const EPOCH = /^(\d{1,17})(?:\.(\d{1,12}))?$/;
const NOON = '12:00:00';

/** Makes the reader that a map's time source asks for, or says what is wrong with it. */
export function timeReader(source: Pick<TimeSource, 'format' | 'zone' | 'time_of_day'>): TimeReader | string {
  const zone = zoneByName(source.zone ?? 'UTC');
  if (zone === null) return `"${source.zone}" is no time zone; name one such as Europe/London`;
  const timeOfDay = microsOfDay(source.time_of_day ?? NOON);
  const readers: OneFormat[] = [];
  for (const format of typeof source.format === 'string' ? [source.format] : source.format) {
    const reader = oneFormat(format, zone, timeOfDay);
    if (typeof reader === 'string') return `format "${format}": ${reader}`;
    readers.push(reader);
  }
  return (text) => readAll(readers, text);
}

function readAll(readers: readonly OneFormat[], text: string): ReadTime | 'none' | 'several' {
  let found: ReadTime | null = null;
  for (const reader of readers) {
    const read = reader(text);
    if (read === null || read.micros < EARLIEST_EVENT_TIME || read.micros > LATEST_EVENT_TIME) continue;
    if (found !== null && found.micros !== read.micros) return 'several';
    found ??= read;
  }
  return found ?? 'none';
}

function oneFormat(format: string, zone: Zone, timeOfDay: Micros): OneFormat | string {
  if (format === 'rfc3339') return readRfc3339;
  const digits = EPOCH_DIGITS[format];
  if (digits !== undefined) return (text) => readEpoch(text, digits, zone);
  const pattern = compileDatePattern(format);
  if (typeof pattern === 'string') return pattern;
  return (text) => {
    const read = pattern.read(text, timeOfDay);
    if (read === null) return null;
    if (read.offset_minutes !== null) {
      const micros = read.wall - read.offset_minutes * 60 * MICROS_PER_SECOND;
      return { text: formatWithOffset(micros, read.offset_minutes * 60), micros, clock_change: 'none' };
    }
    const { micros, clock_change } = zone.instantOf(read.wall);
    return { text: formatWithOffset(micros, zone.offsetAt(micros)), micros, clock_change };
  };
}

function readRfc3339(text: string): ReadTime | null {
  const read = parseRfc3339(text);
  return read && { text, micros: read.micros, clock_change: 'none' };
}

/** Digits as text into microseconds; what is smaller is cut. */
function readEpoch(text: string, digits: number, zone: Zone): ReadTime | null {
  const match = EPOCH.exec(text);
  if (match === null) return null;
  const micros = Number(BigInt(match[1] + (match[2] ?? '').slice(0, digits).padEnd(digits, '0')));
  if (micros > LATEST_EVENT_TIME) return null;
  return { text: formatWithOffset(micros, zone.offsetAt(micros)), micros, clock_change: 'none' };
}

function microsOfDay(time: string): Micros {
  const [hour, minute, second] = time.split(':').map(Number);
  return (hour! * 3_600 + minute! * 60 + second!) * MICROS_PER_SECOND;
}
