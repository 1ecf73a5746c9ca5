import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DuckdbStatement, toDuckdb } from './sql-dialect.ts';

const SQL = new URL('../../../sql/', import.meta.url);

/** One statement, from a file under `sql/`, as DuckDB runs it. */
export function readStatement(file: string): DuckdbStatement {
  return toDuckdb(readFileSync(new URL(file, SQL), 'utf8').trim().replace(/;$/, ''));
}

/** The `.sql` files of a folder under `sql/`, in the order of their names, as `folder/name.sql`. */
export function listStatements(folder: string): string[] {
  return readdirSync(fileURLToPath(new URL(`${folder}/`, SQL)))
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => `${folder}/${name}`);
}
