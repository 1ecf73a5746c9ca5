import type { Column, TableDescription } from '../../../sql/tables/description.ts';

const DUCKDB_TYPE: Readonly<Record<Column['type'], string>> = {
  STRING: 'VARCHAR',
  INT64: 'BIGINT',
  BYTES: 'BLOB',
  BOOL: 'BOOLEAN',
  DATE: 'DATE',
  TIMESTAMP: 'TIMESTAMPTZ',
  'NUMERIC(38,9)': 'DECIMAL(38,9)',
};

/** The tables with a row or more for each message. How others are kept matters to nobody. */
export const LARGE_TABLES: ReadonlySet<string> = new Set(['raw_messages', 'payment_journal', 'payment_transactions']);

/**
 * How DuckDB keeps the columns of the large tables. Told nothing, it tries every way on every column of each row group, which takes 5 µs a
 * message. (What a column can't be kept in, is kept uncompressed.) https://duckdb.org/docs/stable/internals/storage#compression
 */
const COMPRESSION: Readonly<Record<string, readonly string[]>> = {
  // The long texts, most of a store. Smaller by a third than with what DuckDB would choose, in less time.
  zstd: ['line', 'payload'],
  // Different on each row: nothing makes hashes smaller, and little makes ids so.
  uncompressed: ['data_sha256', 'identity_key', 'fingerprint', 'message_id', 'transaction_id', 'customer_id'],
  // Few values, or mostly null.
  dictionary: [
    'source', 'line_sha256', 'outcome', 'claim_owner', 'flags', 'faults', 'fingerprint_version', 'kind', 'currency', 'event_time_offset', 'merchant_id',
    'original_transaction_id', 'payment_method', 'country', 'region', 'producer', 'fraud_reasons', 'fraud_rules_version',
  ],
  // Numbers and times.
  bitpacking: [
    'line_number', 'line_bytes', 'journaled_at', 'published_at', 'dead_letter_published_at', 'amount', 'amount_minor', 'effect_minor', 'event_time', 'event_date', 'booking_date',
    'posted_at', 'posting_run', 'fraud_score',
  ],
};
const COMPRESSION_OF: ReadonlyMap<string, string> = new Map(Object.entries(COMPRESSION).flatMap(([method, columns]) => columns.map((column) => [column, method])));

/** The statements that create a table on DuckDB, with a comment for the table and each column. */
export function duckdbTable(table: TableDescription): string[] {
  const columns = table.columns.map((column) => `${column.name} ${DUCKDB_TYPE[column.type]}${column.required ? ' NOT NULL' : ''}${compression(table, column)}`);
  return [
    `CREATE TABLE IF NOT EXISTS ${table.name} (${columns.join(', ')})`,
    `COMMENT ON TABLE ${table.name} IS ${literal(table.description)}`,
    ...table.columns.map((column) => `COMMENT ON COLUMN ${table.name}.${column.name} IS ${literal(column.description)}`),
  ];
}

function compression(table: TableDescription, { name }: Column): string {
  const method = LARGE_TABLES.has(table.name) ? COMPRESSION_OF.get(name) : undefined;
  return method === undefined ? '' : ` USING COMPRESSION ${method}`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
