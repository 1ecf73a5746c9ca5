import { readFileSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { EXIT, Failure } from '../../failure.ts';

/**
 * Rows of a row group. A batch is to hold more than one: then its rows are compressed and written once. Else they pass through the
 * write-ahead log, and stay in memory as they are until a checkpoint compresses them (a batch of exactly one row group, too).
 */
const ROW_GROUP_ROWS = 8_192;
/** The first format of DuckDB's files that knows zstd: what is older can't read the store. */
const STORAGE_VERSION = 'v1.2.0';

/** Attaches the file to a DuckDB in memory, as `ledger`; makes it where it is absent, unless it is only to be read. */
export async function attach(connection: DuckDBConnection, file: string, options: { readonly readOnly?: boolean }): Promise<void> {
  await connection.run(`ATTACH '${file.replaceAll("'", "''")}' AS ledger (${options.readOnly ? 'READ_ONLY' : `ROW_GROUP_SIZE ${ROW_GROUP_ROWS}, STORAGE_VERSION '${STORAGE_VERSION}'`})`);
}

/** What DuckDB says of a file that it can't open, as a `Failure` (exit 3) that says what to do. */
export function openFailure(file: string, message: string): Failure {
  const holder = /PID (\d+)/.exec(message)?.[1];
  if (holder) {
    return new Failure(EXIT.unusable, `${file} is held by process ${holder}${commandOf(holder)}.`, 'Wait until it is done, or stop it; then run the same command again.');
  }
  if (/Permission denied|not.*permi/i.test(message)) {
    return noPermission(file);
  }
  return new Failure(EXIT.unusable, `${file} can't be opened: ${message.split('\n')[0]}`, 'Is it a ledger of this product? Restore it from a backup, or name another --data-dir.');
}

/** This user may not. */
export function noPermission(path: string): Failure {
  return new Failure(EXIT.unusable, `${path} can't be opened: no permission.`, 'Give this user the right to read and write the data directory.');
}

function commandOf(pid: string): string {
  try {
    return ` (${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/[\0\s]+/g, ' ').trim().slice(0, 200)})`;
  } catch {
    return ''; // gone already, or no /proc
  }
}
