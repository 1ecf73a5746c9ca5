import type { DuckDBConnection } from '@duckdb/node-api';
import type { Micros } from '../../payment/time.ts';
import type { SqlParameters, SqlRow } from '../../ports.ts';
import type { Progress } from './consumed-prefix.ts';
import { runStatement } from './duckdb-books.ts';
import { toDuckdb } from './sql-dialect.ts';

/** The two that read a source, each with a checkpoint of its own. */
export type Reader = 'archive' | 'pipeline';

export interface SourceProgress extends Progress {
  /** The real clock when the first ingest of the source began (pipeline only). */
  readonly real_clock: Micros | null;
}

const READ = toDuckdb('SELECT bytes_read, lines_read, messages_read, prefix_sha256, finished, real_clock FROM source_checkpoints WHERE source = @source AND reader = @reader');
const FORGET = toDuckdb('DELETE FROM source_checkpoints WHERE source = @source AND reader = @reader');
const KEEP = toDuckdb(
  'INSERT INTO source_checkpoints (source, reader, bytes_read, lines_read, messages_read, prefix_sha256, finished, real_clock) VALUES (@source, @reader, @bytes_read, @lines_read, @messages_read, @prefix_sha256, @finished, @real_clock)',
);

/** How far a reader has come in a source, or null before its first batch. */
export async function readProgress(connection: DuckDBConnection, source: string, reader: Reader): Promise<SourceProgress | null> {
  const row = (await run(connection, READ, { source, reader }))[0];
  if (!row) return null;
  return {
    bytes_read: Number(row.bytes_read),
    lines_read: Number(row.lines_read),
    messages_read: Number(row.messages_read),
    prefix_sha256: Buffer.from(row.prefix_sha256 as Uint8Array),
    finished: row.finished as boolean,
    real_clock: row.real_clock as Micros | null,
  };
}

/** Keeps it; to be called inside the transaction of the rows that it speaks of. */
export async function writeProgress(connection: DuckDBConnection, source: string, reader: Reader, progress: SourceProgress): Promise<void> {
  await run(connection, FORGET, { source, reader });
  await run(connection, KEEP, {
    source,
    reader,
    bytes_read: progress.bytes_read,
    lines_read: progress.lines_read,
    messages_read: progress.messages_read,
    prefix_sha256: progress.prefix_sha256,
    finished: progress.finished,
    real_clock: progress.real_clock === null ? null : { timestamp: progress.real_clock },
  });
}

const READ_FACT = toDuckdb('SELECT value FROM store_info WHERE name = @name');

/** A fact about the store (`clock`, `last_stamp`, `clock_mode`, `identity_scope`, `setting.NAME`), or null. */
export async function readFact(connection: DuckDBConnection, name: string): Promise<string | null> {
  return ((await run(connection, READ_FACT, { name }))[0]?.value as string | undefined) ?? null;
}

/** Keeps a fact about the store in place of what it said before; durable with the transaction that it is called in. */
export async function writeFact(connection: DuckDBConnection, name: string, value: string): Promise<void> {
  await writeFacts(connection, [[name, value]]);
}

/** The same of several facts, each name once. */
export async function writeFacts(connection: DuckDBConnection, facts: readonly (readonly [name: string, value: string])[]): Promise<void> {
  const parameters = Object.fromEntries(facts.flatMap(([name, value], at) => [[`name_${at}`, name], [`value_${at}`, value]]));
  await run(connection, toDuckdb(`DELETE FROM store_info WHERE name IN (${facts.map((_fact, at) => `@name_${at}`).join(', ')})`), parameters);
  await run(connection, toDuckdb(`INSERT INTO store_info (name, value) VALUES ${facts.map((_fact, at) => `(@name_${at}, @value_${at})`).join(', ')}`), parameters);
}

function run(connection: DuckDBConnection, statement: ReturnType<typeof toDuckdb>, parameters: SqlParameters): Promise<SqlRow[]> {
  return runStatement(connection, statement, parameters, 'checkpoints');
}
