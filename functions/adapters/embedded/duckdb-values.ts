import {
  BLOB,
  BIGINT,
  BOOLEAN,
  DATE,
  DECIMAL,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  type DuckDBType,
  type DuckDBValue,
  SQLNULL,
  TIMESTAMPTZ,
  VARCHAR,
} from '@duckdb/node-api';
import type { SqlRow, SqlValue } from '../../ports.ts';

const MILLISECONDS_PER_DAY = 86_400_000;
const NUMERIC_SCALE = 9;

/** A port's value as DuckDB takes it, with its type. */
export function toDuckdbValue(value: SqlValue): { value: DuckDBValue; type: DuckDBType } {
  if (value === null) return { value: null, type: SQLNULL };
  if (typeof value === 'string') return { value, type: VARCHAR };
  if (typeof value === 'boolean') return { value, type: BOOLEAN };
  if (typeof value === 'bigint') return { value, type: BIGINT };
  if (typeof value === 'number') return { value: BigInt(value), type: BIGINT };
  if (value instanceof Uint8Array) return { value: new DuckDBBlobValue(value), type: BLOB };
  if ('timestamp' in value) return { value: new DuckDBTimestampTZValue(BigInt(value.timestamp)), type: TIMESTAMPTZ };
  if ('date' in value) return { value: new DuckDBDateValue(Date.parse(value.date) / MILLISECONDS_PER_DAY), type: DATE };
  return { value: decimal(value.numeric), type: DECIMAL(38, NUMERIC_SCALE) };
}

/** A row as the ports promise it: bigint, decimal string, Micros, `YYYY-MM-DD`, bytes. */
export function fromDuckdbRow(row: Record<string, DuckDBValue>): SqlRow {
  const out: SqlRow = {};
  for (const [name, value] of Object.entries(row)) out[name] = fromDuckdbValue(value);
  return out;
}

function fromDuckdbValue(value: DuckDBValue): unknown {
  if (value instanceof DuckDBTimestampTZValue) return Number(value.micros);
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBDecimalValue) return value.toString();
  if (value instanceof DuckDBBlobValue) return value.bytes;
  return value;
}

function decimal(text: string): DuckDBDecimalValue {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const digits = BigInt(whole + fraction.padEnd(NUMERIC_SCALE, '0').slice(0, NUMERIC_SCALE));
  return new DuckDBDecimalValue(text.startsWith('-') ? -digits : digits, 38, NUMERIC_SCALE);
}
