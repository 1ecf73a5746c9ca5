import { daysInMonth } from './calendar.ts';
import type { Fault } from './fault.ts';
import { describe, fault } from './found.ts';
import { parseRfc3339, type OffsetTime } from './time.ts';

const FULL_FORM = /^([0-9]{4})-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$/;
const FORM_WITHOUT_OFFSET = /^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$/;

/** Reads `event_time`: required. Adds a fault and answers null where it can't be. */
export function checkEventTime(value: unknown, faults: Fault[]): OffsetTime | null {
  if (typeof value === 'string') {
    const time = parseRfc3339(value);
    if (time === null) faults.push(explainTime('event_time', value));
    return time;
  }
  if (value === undefined || value === null) faults.push(fault('field_missing', 'event_time', describe(value), 'Send the time at which the payment happened, e.g. 2026-01-31T23:59:59+01:00.'));
  else faults.push(fault('wrong_type', 'event_time', describe(value), 'Send a text such as "2026-01-31T23:59:59.123+01:00", not an epoch number.'));
  return null;
}

/** Checks `captured_at`: optional, the same form as event_time. */
export function checkCapturedAt(value: unknown, faults: Fault[]): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'string') faults.push(fault('wrong_type', 'captured_at', describe(value), 'Send a text such as "2026-01-31T23:59:59+01:00", or leave it out.'));
  else if (parseRfc3339(value) === null) faults.push(explainTime('captured_at', value));
}

/** Why a text was not read as a time. */
function explainTime(field: string, text: string): Fault {
  if (FORM_WITHOUT_OFFSET.test(text)) return fault('time_without_offset', field, describe(text));
  const year = FULL_FORM.exec(text)?.[1];
  if (year === undefined) return fault('time_format', field, describe(text));
  if (isGoodInAnotherYear(Number(year), text)) return fault('time_out_of_range', field, describe(text));
  return fault('time_format', field, describe(text), 'Send a day and an hour that exist: hours 00–23, offset up to ±23:59; :60 only for a leap second at 23:59 UTC.');
}

/** True where nothing but the year keeps a time from being read. */
function isGoodInAnotherYear(year: number, text: string): boolean {
  const leapDay = text.slice(5, 10) === '02-29';
  return (!leapDay || daysInMonth(year, 2) === 29) && parseRfc3339(`2000${text.slice(4)}`) !== null;
}
