import { join } from 'node:path';
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { duckdbTable } from '../../functions/adapters/embedded/duckdb-schema.ts';
import { toDuckdb as toDuckdbSql } from '../../functions/adapters/embedded/sql-dialect.ts';
import { openStore } from '../../functions/adapters/embedded/store.ts';
import { PARAMETER_TYPES } from '../../sql/parameters.ts';
import { TABLES } from '../../sql/tables/index.ts';
import { postingHead } from '../../sql/tables/posting.ts';
import { reconciliationHead } from '../../sql/tables/reconciliation.ts';
import { ARCHIVED_MESSAGES } from './archive.ts';
import { type Cell, duckdbLiteral, fromDuckdb, toDuckdb } from './cells.ts';
import { FILLED, type World } from './world.ts';

/** The store of one machine, whose archive is a table of the messages that both engines get. */
export interface DuckdbSide {
  /** Runs what is done with a world's rows, and forgets them. */
  withRows<T>(world: World, task: () => Promise<T>): Promise<T>;
  /** A query in BigQuery's words, as the product runs it; with `makes`, kept as a temporary table. */
  evaluate(sql: string, parameters: Readonly<Record<string, Cell>>, makes?: string): Promise<{ names: readonly string[]; rows: readonly (readonly Cell[])[] }>;
  close(): void;
}

/** Job runs are kept on Google Cloud only, but their statements run on both engines. */
const ON_ONE_MACHINE: ReadonlySet<string> = new Set(TABLES.map(({ name }) => name));

export async function duckdbSide(directory: string): Promise<DuckdbSide> {
  const { connection, close } = await openStore(join(directory, 'data'));
  await connection.run('DROP VIEW archived_messages');
  const archive = { name: 'archived_messages', description: '', columns: ARCHIVED_MESSAGES.map(([name, type]) => ({ name, type: type as 'STRING', description: '' })) };
  for (const table of [archive, ...FILLED.filter(({ name }) => !ON_ONE_MACHINE.has(name))]) for (const statement of duckdbTable(table)) await connection.run(statement);
  return {
    close,
    evaluate: (sql, parameters, makes) => evaluate(connection, sql, parameters, makes),
    async withRows(world, task) {
      await connection.run('BEGIN TRANSACTION');
      try {
        for (const head of [postingHead, reconciliationHead]) await connection.run(`DELETE FROM ${head.name}`);
        for (const [name, rows] of Object.entries(world)) await insert(connection, name, rows);
        return await task();
      } finally {
        await connection.run('ROLLBACK');
      }
    },
  };
}

const TYPES = new Map<string, readonly string[]>([['archived_messages', ARCHIVED_MESSAGES.map(([, type]) => type)], ...FILLED.map(({ name, columns }) => [name, columns.map(({ type }) => type)] as const)]);

async function insert(connection: DuckDBConnection, name: string, rows: readonly (readonly Cell[])[]): Promise<void> {
  if (rows.length === 0) return;
  const types = TYPES.get(name)!;
  await connection.run(`INSERT INTO ${name} VALUES ${rows.map((row) => `(${row.map((cell, place) => duckdbLiteral(types[place], cell)).join(', ')})`).join(', ')}`);
}

async function evaluate(connection: DuckDBConnection, sql: string, given: Readonly<Record<string, Cell>>, makes?: string) {
  const statement = toDuckdbSql(sql);
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (const name of statement.parameters) ({ value: values[name], type: types[name] } = toDuckdb(PARAMETER_TYPES.get(name)!, given[name]));
  if (makes !== undefined) await connection.run(`CREATE OR REPLACE TEMP TABLE ${makes} AS\n${statement.sql}`, values, types);
  const result = makes === undefined ? await connection.runAndReadAll(statement.sql, values, types) : await connection.runAndReadAll(`SELECT * FROM ${makes}`);
  return { names: result.columnNames(), rows: result.getRows().map((row) => row.map(fromDuckdb)) };
}
