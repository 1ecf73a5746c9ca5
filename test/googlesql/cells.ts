import { BIGINT, BLOB, BOOLEAN, DATE, DuckDBBlobValue, DuckDBDateValue, DuckDBDecimalValue, DuckDBTimestampTZValue, type DuckDBType, type DuckDBValue, SQLNULL, TIMESTAMPTZ, VARCHAR } from '@duckdb/node-api';

/**
 * A value of either engine as text, so that any two can be compared exactly: digits for INT64, NUMERIC (billionths), TIMESTAMP
 * (microseconds since 1970) and DATE (days since 1970), hexadecimal digits for BYTES, true and false, the text itself for STRING.
 */
export type Cell = string | null;

const NUMERIC_SCALE = 9;

/** As DuckDB takes a parameter of that GoogleSQL type. */
export function toDuckdb(type: string, cell: Cell): { value: DuckDBValue; type: DuckDBType } {
  if (cell === null) return { value: null, type: SQLNULL };
  switch (type) {
    case 'STRING':
      return { value: cell, type: VARCHAR };
    case 'BOOL':
      return { value: cell === 'true', type: BOOLEAN };
    case 'INT64':
      return { value: BigInt(cell), type: BIGINT };
    case 'BYTES':
      return { value: new DuckDBBlobValue(Buffer.from(cell, 'hex')), type: BLOB };
    case 'TIMESTAMP':
      return { value: new DuckDBTimestampTZValue(BigInt(cell)), type: TIMESTAMPTZ };
    case 'DATE':
      return { value: new DuckDBDateValue(Number(cell)), type: DATE };
    default:
      throw new Error(`no parameter has the type ${type}`);
  }
}

/** As DuckDB gives it. A type that BigQuery would not give (a double) is shown as such, and so differs. */
export function fromDuckdb(value: DuckDBValue): Cell {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex');
  if (value instanceof DuckDBTimestampTZValue) return String(value.micros);
  if (value instanceof DuckDBDateValue) return String(value.days);
  if (value instanceof DuckDBDecimalValue) return String(value.value * 10n ** BigInt(NUMERIC_SCALE - value.scale));
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : `double ${value}`; // an INTEGER literal
  return `${typeof value} ${String(value)}`;
}

/** As text in DuckDB's SQL. */
export function duckdbLiteral(type: string, cell: Cell): string {
  if (cell === null) return 'NULL';
  switch (type) {
    case 'STRING':
      return `decode(unhex('${Buffer.from(cell, 'utf8').toString('hex')}'))`;
    case 'BYTES':
      return `unhex('${cell}')`;
    case 'TIMESTAMP':
      return `make_timestamptz(${cell}::BIGINT)`;
    case 'DATE':
      return `(DATE '1970-01-01' + (${cell}))`;
    case 'NUMERIC':
    case 'NUMERIC(38,9)':
      return `'${decimal(cell)}'::DECIMAL(38,9)`;
    default:
      return cell;
  }
}

function decimal(billionths: string): string {
  const digits = billionths.replace('-', '').padStart(NUMERIC_SCALE + 1, '0');
  return `${billionths.startsWith('-') ? '-' : ''}${digits.slice(0, -NUMERIC_SCALE)}.${digits.slice(-NUMERIC_SCALE)}`;
}
