import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { Books, SqlParameters, SqlRow } from '../../ports.ts';
import { withThreadsFor } from './duckdb-threads.ts';
import { fromDuckdbRow, toDuckdbValue } from './duckdb-values.ts';
import type { DuckdbStatement } from './sql-dialect.ts';
import { readStatement } from './sql-files.ts';

/** The books on DuckDB: runs the files in `sql/` on one connection. Two books on two connections can run at once. */
export function duckdbBooks(connection: DuckDBConnection): Books {
  const statements = new Map<string, DuckdbStatement>();
  const statement = (file: string): DuckdbStatement => {
    const known = statements.get(file) ?? readStatement(file);
    statements.set(file, known);
    return known;
  };
  const query = (file: string, parameters: SqlParameters = {}) => runStatement(connection, statement(file), parameters, file);
  return {
    query,
    async materialise(name, file, parameters = {}, add) {
      const { sql, parameters: needed } = statement(file);
      const made = { sql: `${add ? `INSERT INTO ${name}` : `CREATE OR REPLACE TEMP TABLE ${name} AS`}\n${sql}`, parameters: needed };
      await withThreadsFor(connection, file, () => runStatement(connection, made, parameters, file));
    },
    async forget(name) {
      await connection.run(`DROP TABLE IF EXISTS ${name}`);
    },
    async transaction(files, parameters) {
      await connection.run('BEGIN TRANSACTION');
      try {
        for (const file of files) await query(file, parameters);
        await connection.run('COMMIT');
        return true;
      } catch (error) {
        await connection.run('ROLLBACK').catch(() => undefined); // a failed COMMIT has rolled back by itself
        if (isConflict(error)) return false;
        throw error;
      }
    },
  };
}

/** Runs one statement with the parameters that it names; a missing one is an error that says which. */
export async function runStatement(connection: DuckDBConnection, statement: DuckdbStatement, parameters: SqlParameters, name: string): Promise<SqlRow[]> {
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (const parameter of statement.parameters) {
    const given = parameters[parameter];
    if (given === undefined) throw new Error(`${name} needs the parameter @${parameter}`);
    ({ value: values[parameter], type: types[parameter] } = toDuckdbValue(given));
  }
  try {
    const result = await connection.runAndReadAll(statement.sql, values, types);
    return result.getRowObjects().map(fromDuckdbRow);
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** DuckDB says so when a row that we changed was changed by a transaction that committed first. A COMMIT can fail otherwise, too: on a full disk. */
function isConflict(error: unknown): boolean {
  return error instanceof Error && /conflict/i.test(error.message);
}
