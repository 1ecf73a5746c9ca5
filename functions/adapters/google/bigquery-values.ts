import { PARAMETER_TYPES } from '../../../sql/parameters.ts';
import { formatMicros } from '../../payment/time.ts';
import type { SqlRow, SqlValue } from '../../ports.ts';

/** A named parameter of the REST API. https://cloud.google.com/bigquery/docs/reference/rest/v2/QueryParameter */
export interface QueryParameter {
  readonly name: string;
  readonly parameterType: { readonly type: string };
  readonly parameterValue: { readonly value: string | null };
}

/** A field of a result's schema, and a row as the REST API gives them. */
export interface ResultField {
  readonly name: string;
  readonly type: string;
}
export interface ResultRow {
  readonly f: readonly { readonly v: string | null }[];
}

const NUMERIC_SCALE = 9;
const DECIMAL = /^-?\d+(\.\d{1,9})?$/;

/** A port's value as a typed parameter. A null has the type that `sql/parameters.ts` gives its name. */
export function toQueryParameter(name: string, value: SqlValue): QueryParameter {
  const { type, text } = typed(name, value);
  return { name, parameterType: { type }, parameterValue: { value: text } };
}

function typed(name: string, value: SqlValue): { type: string; text: string | null } {
  if (value === null) {
    const type = PARAMETER_TYPES.get(name);
    if (!type) throw new Error(`@${name} is null and has no type in sql/parameters.ts`);
    return { type, text: null };
  }
  if (typeof value === 'string') return { type: 'STRING', text: value };
  if (typeof value === 'boolean') return { type: 'BOOL', text: String(value) };
  if (typeof value === 'bigint' || typeof value === 'number') return { type: 'INT64', text: BigInt(value).toString() };
  if (value instanceof Uint8Array) return { type: 'BYTES', text: Buffer.from(value).toString('base64') };
  if ('timestamp' in value) return { type: 'TIMESTAMP', text: formatMicros(value.timestamp) };
  if ('date' in value) return { type: 'DATE', text: value.date };
  return { type: 'NUMERIC', text: value.numeric };
}

/** Rows as the ports promise them: bigint, decimal text with nine digits of fraction, Micros, `YYYY-MM-DD`, bytes. */
export function fromResultRows(fields: readonly ResultField[], rows: readonly ResultRow[]): SqlRow[] {
  return rows.map(({ f }) => Object.fromEntries(fields.map(({ name, type }, index) => [name, fromResultValue(f[index].v, type)])));
}

function fromResultValue(text: string | null, type: string): unknown {
  if (text === null || text === undefined) return null;
  switch (type) {
    case 'INTEGER':
    case 'INT64':
      return BigInt(text);
    case 'BOOLEAN':
    case 'BOOL':
      return text === 'true';
    case 'NUMERIC':
      return nineDigits(text);
    case 'TIMESTAMP':
      return Number(text); // asked for as int64 microseconds: useInt64Timestamp
    case 'BYTES':
      return Buffer.from(text, 'base64');
    default:
      return text;
  }
}

/** Decimal text with nine digits of fraction, as DuckDB writes DECIMAL(38,9): BigQuery leaves out zeros at the end. Throws on anything else: money is never guessed. */
export function nineDigits(text: string): string {
  if (!DECIMAL.test(text)) throw new Error('a NUMERIC in no form that BigQuery documents');
  const [whole, fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(NUMERIC_SCALE, '0')}`;
}
