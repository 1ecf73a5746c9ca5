import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { TABLES } from '../../../sql/tables/index.ts';
import { messageDispositionsView } from '../../reconciliation/message-tables.ts';
import { EXIT, Failure } from '../../failure.ts';
import { duckdbTable } from './duckdb-schema.ts';
import { THREADS } from './duckdb-threads.ts';
import { attach, noPermission, openFailure } from './ledger-file.ts';
import { LEFT, makeRoom } from './make-room.ts';
import { MACROS } from './sql-dialect.ts';
import { listStatements, readStatement } from './sql-files.ts';

const LEDGER_FILE = 'ledger.duckdb';
/** Version of the tables. Prevents one release from misreading the store of another. */
export const STORE_VERSION = '3';
/** DuckDB's memory, beside Node's own; what needs more goes to disk. Prevents a large file from taking the machine's memory. */
const DUCKDB_MEMORY = '192MB';
/** The same where a reconciliation joins whole tables: with less, more of them passes through the disk. */
const DUCKDB_MEMORY_FOR_JOINS = '256MB';
/** The same for who reads: the view `message_dispositions` joins all tables at once, and ran out of 256 MB at a million messages. */
const DUCKDB_MEMORY_FOR_READING = '1GB';
/** Write-ahead log at which DuckDB rewrites what is not compressed yet. Prevents the same rows from being compressed again and again. */
const CHECKPOINT_THRESHOLD = '256MB';

/** The books of one data directory: `ledger.duckdb`. */
export interface Store {
  readonly connection: DuckDBConnection;
  /** Another connection, for a second transaction at the same time. */
  connect(): Promise<DuckDBConnection>;
  /**
   * Frees the memory that DuckDB holds for what it has read and written: rows not compressed yet, and 2 KB for each column of each row group,
   * outside its limit (17 bytes a message). It does so only where the ledger is closed and opened again. No transaction may be open.
   * Throws `Failure` (exit 3) where another process took the ledger in between and keeps it, or wrote to it: what this one knows of its
   * state no longer holds then.
   */
  makeRoom(): Promise<void>;
  /** The same where, with these, so many messages were written since there was room; `quiet` resolves when no transaction is open. */
  makeRoomAfter(most: number, messages: number, quiet: () => Promise<unknown>): Promise<void>;
  /** Lets DuckDB have more memory from here on, for statements that join whole tables. */
  allowForJoins(): Promise<void>;
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
  const connections: DuckDBConnection[] = [];
  let written = 0; // since there was room
  const connect = async () => {
    const connection = await instance.connect();
    connections.push(connection);
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
    if (!options.readOnly) await takeOver(connection);
  } catch (error) {
    close();
    throw error;
  }
  const closeAndOpen = async () => {
    written = 0;
    await makeRoom(connections, file);
  };
  return {
    connection,
    connect,
    makeRoom: closeAndOpen,
    async makeRoomAfter(most, messages, quiet) {
      written += messages;
      if (written < most) return;
      await quiet();
      await closeAndOpen();
    },
    async allowForJoins() {
      await connection.run(`SET memory_limit = '${DUCKDB_MEMORY_FOR_JOINS}'`);
    },
    close,
  };
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
      threads: String(THREADS),
      memory_limit: options.readOnly ? DUCKDB_MEMORY_FOR_READING : DUCKDB_MEMORY,
      checkpoint_threshold: CHECKPOINT_THRESHOLD,
      temp_directory: join(dirname(file), 'spill'),
      preserve_insertion_order: 'false', // less memory; nothing here goes by the order of rows
      default_null_order: 'nulls_first_on_asc_last_on_desc', // BigQuery's
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await attach(connection, file, options);
    if (options.readOnly) await connection.run('SET enable_external_access = false');
    connection.closeSync();
    return instance;
  } catch (error) {
    throw openFailure(file, error instanceof Error ? error.message : String(error));
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

/** Makes what is missing, and tells a process that left the ledger for a moment that somebody else may write to it now. */
async function takeOver(connection: DuckDBConnection): Promise<void> {
  await createTables(connection);
  await connection.run(`DELETE FROM store_info WHERE name = '${LEFT}'`);
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
