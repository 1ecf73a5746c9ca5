import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { TABLES } from '../../../sql/tables/index.ts';
import { messageDispositionsView } from '../../reconciliation/message-tables.ts';
import { EXIT, Failure } from '../../failure.ts';
import { duckdbTable } from './duckdb-schema.ts';
import { MACROS } from './sql-dialect.ts';
import { listStatements, readStatement } from './sql-files.ts';

const LEDGER_FILE = 'ledger.duckdb';
/** Version of the tables. Prevents one release from misreading the store of another. */
export const STORE_VERSION = '3';
/** DuckDB's memory, beside Node's own; what needs more goes to disk. Prevents a large file from taking the machine's memory. */
const DUCKDB_MEMORY = '256MB';
/**
 * Rows of a row group. A batch is to hold more than one: then its rows are compressed and written once. Else they pass through the
 * write-ahead log, and stay in memory as they are until a checkpoint compresses them (a batch of exactly one row group, too).
 */
const ROW_GROUP_ROWS = 8_192;
/** Write-ahead log at which DuckDB rewrites what is not compressed yet. Prevents the same rows from being compressed again and again. */
const CHECKPOINT_THRESHOLD = '256MB';
/** DuckDB's threads. With a second one, whichever waits for the other spins on its queue of tasks: 30 % of all CPU time went into that on a busy machine. */
const THREADS = '1';
/** The first format of DuckDB's files that knows zstd: what is older can't read the store. */
const STORAGE_VERSION = 'v1.2.0';

/** The books of one data directory: `ledger.duckdb`. */
export interface Store {
  readonly connection: DuckDBConnection;
  /** Another connection, for a second transaction at the same time. */
  connect(): Promise<DuckDBConnection>;
  /** Frees the memory that DuckDB holds for rows not compressed yet, before statements that join whole tables. */
  makeRoom(): Promise<void>;
  close(): void;
}

export interface StoreOptions {
  /** Opens an existing store for reading only, with DuckDB's own guards: nothing outside it can be reached. */
  readonly readOnly?: boolean;
}

/**
 * Opens (and, unless read-only, creates) the store in `directory`.
 * Throws `Failure` (exit 3) where it is held by another process, of another version, or can't be written.
 */
export async function openStore(directory: string, options: StoreOptions = {}): Promise<Store> {
  const file = join(directory, LEDGER_FILE);
  if (options.readOnly) requireLedger(directory);
  else makeDirectory(directory);
  const instance = await openInstance(file, options);
  const connect = async () => {
    const connection = await instance.connect();
    await connection.run('USE ledger');
    await connection.run("SET TimeZone = 'UTC'");
    return connection;
  };
  const connection = await connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await checkVersion(connection, file);
    if (!options.readOnly) await createTables(connection);
  } catch (error) {
    close();
    throw error;
  }
  const makeRoom = async () => {
    await connection.run('CHECKPOINT');
  };
  return { connection, connect, makeRoom, close };
}

/** Throws `Failure` (exit 3) where `directory` holds no ledger, or may not be looked into. */
export function requireLedger(directory: string): void {
  if (!hasLedger(directory)) throw new Failure(EXIT.unusable, `There is no ledger in ${directory}.`, 'Run `ingest` first, or name the right place with --data-dir.');
}

/** Is there a ledger in `directory`? Throws `Failure` (exit 3) where this user may not look: then nobody knows. */
export function hasLedger(directory: string): boolean {
  try {
    return statSync(join(directory, LEDGER_FILE), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw noPermission(directory);
    throw error;
  }
}

async function openInstance(file: string, options: StoreOptions): Promise<DuckDBInstance> {
  try {
    const instance = await DuckDBInstance.create(':memory:', {
      threads: THREADS,
      memory_limit: DUCKDB_MEMORY,
      checkpoint_threshold: CHECKPOINT_THRESHOLD,
      temp_directory: join(dirname(file), 'spill'),
      preserve_insertion_order: 'false', // less memory; nothing here goes by the order of rows
      default_null_order: 'nulls_first_on_asc_last_on_desc', // BigQuery's
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run(`ATTACH '${file.replaceAll("'", "''")}' AS ledger (${options.readOnly ? 'READ_ONLY' : `ROW_GROUP_SIZE ${ROW_GROUP_ROWS}, STORAGE_VERSION '${STORAGE_VERSION}'`})`);
    if (options.readOnly) await connection.run('SET enable_external_access = false');
    connection.closeSync();
    return instance;
  } catch (error) {
    throw openFailure(file, error instanceof Error ? error.message : String(error));
  }
}

function openFailure(file: string, message: string): Failure {
  const holder = /PID (\d+)/.exec(message)?.[1];
  if (holder) {
    return new Failure(EXIT.unusable, `${file} is held by process ${holder}${commandOf(holder)}.`, 'Wait until it is done, or stop it; then run the same command again.');
  }
  if (/Permission denied|not.*permi/i.test(message)) {
    return noPermission(file);
  }
  return new Failure(EXIT.unusable, `${file} can't be opened: ${message.split('\n')[0]}`, 'Is it a ledger of this product? Restore it from a backup, or name another --data-dir.');
}

function noPermission(path: string): Failure {
  return new Failure(EXIT.unusable, `${path} can't be opened: no permission.`, 'Give this user the right to read and write the data directory.');
}

function commandOf(pid: string): string {
  try {
    return ` (${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/[\0\s]+/g, ' ').trim().slice(0, 200)})`;
  } catch {
    return ''; // gone already, or no /proc
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new Failure(EXIT.unusable, `The data directory ${directory} is a file.`, 'Name a directory with --data-dir.');
    throw new Failure(EXIT.unusable, `The data directory ${directory} can't be made: ${(error as Error).message}`, 'Name a place that can be written with --data-dir.');
  }
}

async function checkVersion(connection: DuckDBConnection, file: string): Promise<void> {
  const tables = await connection.runAndReadAll("SELECT table_name FROM duckdb_tables() WHERE NOT internal");
  const names = tables.getRows().map((row) => row[0]);
  if (names.length === 0) return;
  const version = names.includes('store_info') ? (await connection.runAndReadAll("SELECT value FROM store_info WHERE name = 'version'")).getRows()[0]?.[0] : undefined;
  if (version === STORE_VERSION) return;
  throw new Failure(EXIT.unusable, `${file} is a store of version ${version ?? 'unknown'}; this release reads version ${STORE_VERSION}.`, 'Use the release that made it, or ingest the sources again into another --data-dir.');
}

/** Tables, macros and views in one transaction, so that a kill leaves a whole store or none; nothing where they are these already. */
async function createTables(connection: DuckDBConnection): Promise<void> {
  const statements = schemaStatements();
  const schema = createHash('sha256').update(statements.join('\n')).digest('hex');
  if ((await readSchema(connection)) === schema) return;
  await connection.run('BEGIN TRANSACTION');
  for (const statement of statements) await connection.run(statement);
  await connection.run("DELETE FROM store_info WHERE name IN ('version', 'schema')");
  await connection.run(`INSERT INTO store_info VALUES ('version', '${STORE_VERSION}'), ('schema', '${schema}')`);
  await connection.run('COMMIT');
}

function schemaStatements(): string[] {
  const views = (folder: string) => listStatements(folder).map((view) => readStatement(view).sql);
  return [
    ...TABLES.flatMap(duckdbTable),
    'CREATE TYPE IF NOT EXISTS BYTES AS BLOB',
    ...MACROS.map((macro) => `CREATE OR REPLACE MACRO ${macro}`),
    ...views('views'),
    messageDispositionsView((file) => readStatement(file).sql),
    ...views('views/on-dispositions'),
    readStatement('jobs/post/seed-head.sql').sql.replace('$first_day', "DATE '1970-01-01'"),
    readStatement('jobs/reconcile/seed-head.sql').sql,
  ];
}

async function readSchema(connection: DuckDBConnection): Promise<unknown> {
  const tables = await connection.runAndReadAll("SELECT 1 FROM duckdb_tables() WHERE table_name = 'store_info'");
  if (tables.currentRowCount === 0) return null;
  return (await connection.runAndReadAll("SELECT value FROM store_info WHERE name = 'schema'")).getRows()[0]?.[0];
}
