import type { Clock } from '../../functions/ports.ts';
import { formatMicros, type Micros } from '../../functions/payment/time.ts';
import type { TableDescription } from '../../sql/tables/description.ts';
import { GOOGLE_TABLES } from '../../sql/tables/index.ts';
import { isObject, type JsonObject, objectsIn } from './exact-json.ts';

/** Gives rows of `insertAll` the columns that they leave out and that the store stamps. */
export type StampRows = (table: string, body: JsonObject) => JsonObject;

const CURRENT_TIME = 'CURRENT_TIMESTAMP()';

/** Columns of a table that the store stamps with its time. */
export function stampedColumns(table: string, tables: readonly TableDescription[] = GOOGLE_TABLES): string[] {
  const columns = tables.find(({ name }) => name === table)?.columns ?? [];
  return columns.filter((column) => column.default === CURRENT_TIME).map(({ name }) => name);
}

/** Stamps for one emulator: the clock's time in microseconds, each after the last. bqemulator 1.4.0 leaves out the defaults of columns. */
export function defaultStamps(clock: Clock): StampRows {
  let last: Micros = 0;
  const next = (): string => formatMicros((last = Math.max(clock.now(), last + 1)));
  return (table, body) => {
    const columns = stampedColumns(table);
    const rows = objectsIn(body.rows);
    if (columns.length === 0 || rows.every(({ json }) => columns.every((column) => holds(json, column)))) return body;
    return { ...body, rows: rows.map((row) => ({ ...row, json: stamped(row.json, columns, next) })) };
  };
}

function stamped(json: JsonObject[string], columns: readonly string[], next: () => string): JsonObject[string] {
  if (!isObject(json)) return json;
  const missing = columns.filter((column) => !holds(json, column));
  return { ...json, ...Object.fromEntries(missing.map((column) => [column, next()])) };
}

function holds(json: JsonObject[string] | undefined, column: string): boolean {
  return !isObject(json) || Object.keys(json).some((key) => key.toLowerCase() === column);
}
