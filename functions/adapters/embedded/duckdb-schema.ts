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

/** Columns of long texts, most of a store. With zstd the whole file is smaller by a third than with what DuckDB would choose, and takes less CPU time. */
const LONG_TEXTS: ReadonlySet<string> = new Set(['raw_messages.line', 'payment_journal.payload']);
/** Columns of hashes on every row. Nothing makes them smaller, so DuckDB needn't try. */
const HASHES: ReadonlySet<string> = new Set(['data_sha256', 'identity_key', 'fingerprint']);

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
  if (LONG_TEXTS.has(`${table.name}.${name}`)) return ' USING COMPRESSION zstd';
  return HASHES.has(name) ? ' USING COMPRESSION uncompressed' : '';
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
