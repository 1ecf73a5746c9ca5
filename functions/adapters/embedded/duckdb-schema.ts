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

/** The statements that create a table on DuckDB, with a comment for the table and each column. */
export function duckdbTable(table: TableDescription): string[] {
  const columns = table.columns.map((column) => `${column.name} ${DUCKDB_TYPE[column.type]}${column.required ? ' NOT NULL' : ''}`);
  return [
    `CREATE TABLE IF NOT EXISTS ${table.name} (${columns.join(', ')})`,
    `COMMENT ON TABLE ${table.name} IS ${literal(table.description)}`,
    ...table.columns.map((column) => `COMMENT ON COLUMN ${table.name}.${column.name} IS ${literal(column.description)}`),
  ];
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
