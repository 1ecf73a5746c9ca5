/** Microseconds since 1970-01-01T00:00:00Z, an exact integer. Exact in a double until the year 2255; see LATEST_EVENT_TIME. */
export type Micros = number;

export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_HOUR = 3_600 * MICROS_PER_SECOND;
export const MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

/** 1970-01-01T00:00:00Z. Prevents negative times, whose division rounds the other way in half of all languages. */
export const EARLIEST_EVENT_TIME: Micros = 0;
/** 2199-12-31T23:59:59.999999Z. Prevents times that a double can't hold to the microsecond, with room to add to them. */
export const LATEST_EVENT_TIME: Micros = 7_258_118_399_999_999;

const DAYS_BEFORE_1970_FROM_YEAR_0 = 719_468;
const DAYS_PER_400_YEARS = 146_097;

/** Days since 1970-01-01 of a date in the Gregorian calendar. Months and days count from 1. Years from 0 on only. */
export function daysFromDate(year: number, month: number, day: number): number {
  // Years begin in March here, so that the leap day is a year's last (algorithm: H. Hinnant, "chrono-compatible low-level date algorithms").
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = ((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 | 0) + day - 1;
  const dayOfEra = yearOfEra * 365 + (yearOfEra / 4 | 0) - (yearOfEra / 100 | 0) + dayOfYear;
  return era * DAYS_PER_400_YEARS + dayOfEra - DAYS_BEFORE_1970_FROM_YEAR_0;
}

/** Days in a month (1–12) of the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The date `YYYY-MM-DD` that lies that many days after 1970-01-01. Years 1970–9999 only. */
export function dateFromDays(days: number): string {
  const sinceYear0 = days + DAYS_BEFORE_1970_FROM_YEAR_0;
  const era = Math.floor(sinceYear0 / DAYS_PER_400_YEARS);
  const dayOfEra = sinceYear0 - era * DAYS_PER_400_YEARS;
  const yearOfEra = (dayOfEra - (dayOfEra / 1_460 | 0) + (dayOfEra / 36_524 | 0) - (dayOfEra / 146_096 | 0)) / 365 | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra / 4 | 0) - (yearOfEra / 100 | 0));
  const shiftedMonth = (5 * dayOfYear + 2) / 153 | 0;
  const day = dayOfYear - ((153 * shiftedMonth + 2) / 5 | 0) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return `${year < 1_000 ? String(year).padStart(4, '0') : year}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** A number below 100 with two digits. */
export function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
