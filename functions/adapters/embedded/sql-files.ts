import { listSqlFiles, readSqlText } from '../sql-text.ts';
import { type DuckdbStatement, toDuckdb } from './sql-dialect.ts';

/** One statement, from a file under `sql/`, as DuckDB runs it. */
export function readStatement(file: string): DuckdbStatement {
  return toDuckdb(readSqlText(file));
}

export { listSqlFiles as listStatements };
