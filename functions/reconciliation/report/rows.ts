import type { SqlRow } from '../../ports.ts';
import { formatMicros, type Micros } from '../../payment/time.ts';
import { MAX_TEXT_LENGTH } from './bounds.ts';

/** Readers of a row's columns, strict: a column that is missing or of another type is a defect, never an empty cell. */

/** A text, whole. */
export function textOf(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw unexpected(column, 'a text', value);
  return value;
}

/** A text, cut to MAX_TEXT_LENGTH. */
export function textOrNull(row: SqlRow, column: string): string | null {
  return row[column] === null ? null : shortened(textOf(row, column));
}

/** A count: INT64, which comes as bigint. */
export function countOf(row: SqlRow, column: string): number {
  const value = row[column];
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw unexpected(column, 'an integer', value);
  return Number(value);
}

/** A count, or null. */
export function countOrNull(row: SqlRow, column: string): number | null {
  return row[column] === null ? null : countOf(row, column);
}

/** A time as Micros. */
export function microsOrNull(row: SqlRow, column: string): Micros | null {
  const value = row[column];
  if (value === null) return null;
  if (typeof value !== 'number') throw unexpected(column, 'a time', value);
  return value;
}

/** A time as RFC 3339 in UTC. */
export function timeOrNull(row: SqlRow, column: string): string | null {
  const micros = microsOrNull(row, column);
  return micros === null ? null : formatMicros(micros);
}

/** A time as RFC 3339 in UTC, which must be there. */
export function timeOf(row: SqlRow, column: string): string {
  const time = timeOrNull(row, column);
  if (time === null) throw unexpected(column, 'a time', null);
  return time;
}

/** Cuts a text to MAX_TEXT_LENGTH and says so; never inside a pair of surrogates. */
export function shortened(text: string): string {
  return text.length <= MAX_TEXT_LENGTH ? text : `${text.slice(0, MAX_TEXT_LENGTH).toWellFormed()}…`;
}

function unexpected(column: string, wanted: string, value: unknown): TypeError {
  return new TypeError(`the column ${column} of a report's query should be ${wanted}, but is ${value === null ? 'null' : typeof value}`);
}
