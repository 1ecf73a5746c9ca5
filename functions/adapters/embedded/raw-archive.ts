import type { DuckDBConnection } from '@duckdb/node-api';
import { archiveSplitter, type RawLine } from './archive-splitter.ts';
import { changedFailure } from './byte-source.ts';
import { readProgress, type SourceProgress, writeProgress } from './checkpoints.ts';
import { type Progress, prefixHash, readOn } from './consumed-prefix.ts';
import { appendColumns, type ColumnWriter } from './duckdb-columns.ts';

/** Appends every line of a source to `raw_messages`, ahead of the pipeline: the independent witness. */
export interface RawArchive {
  /**
   * Archives at least as far as the pipeline has read, durably, in a transaction and with a checkpoint of its own.
   * Throws what kept it from getting there, after what was read before is durable: nothing may be journaled that isn't archived.
   * Throws `Failure` (exit 3) where the source ends otherwise than it did for the pipeline: it has changed in between.
   */
  advanceTo(read: Progress): Promise<void>;
  /** Archives what is left, where an earlier run was stopped before the end; reads nothing where none is. */
  finish(): Promise<void>;
}

/** The archive of one source, going on after what is archived of it. Reads nothing of the source yet. */
export async function rawArchive(connection: DuckDBConnection, path: string, source: string): Promise<RawArchive> {
  let progress: SourceProgress | null = await readProgress(connection, source, 'archive');
  const hash = prefixHash();
  const splitter = archiveSplitter(progress?.bytes_read ?? 0, progress?.lines_read ?? 0);
  const pieces = readOn(path, source, progress, hash);
  let first: Promise<IteratorResult<Buffer>> | null = null; // read ahead, and not split yet
  let compared = progress === null;
  let ended = false;
  let failure: unknown = null;

  async function collect(line: number): Promise<RawLine[]> {
    const rows: RawLine[] = [];
    while (!ended && splitter.lines < line) {
      try {
        const next = await (first ?? pieces.next());
        first = null;
        ended = next.done === true;
        rows.push(...(next.done ? splitter.end() : splitter.push(next.value)));
      } catch (error) {
        failure = error;
        ended = true;
      }
    }
    return rows;
  }

  /**
   * Where an earlier run archived more than was journaled, the source may have been changed since, beyond what the pipeline compares.
   * Reading the first piece compares all that was archived. Throws before anything is journaled.
   */
  async function compareWithArchived(): Promise<void> {
    if (compared) return;
    compared = true;
    first = pieces.next();
    await first;
  }

  async function advanceTo(line: number, end: Progress | null): Promise<void> {
    await compareWithArchived();
    const before = splitter.bytes;
    const rows = await collect(line);
    const finished = ended && failure === null;
    if (finished && end && !(splitter.bytes === end.bytes_read && hash.digestAt(splitter.bytes).equals(end.prefix_sha256))) throw changedFailure(path);
    if (splitter.bytes !== before || progress?.finished !== finished) await keep(rows, finished);
    if (splitter.lines >= line || (line === Infinity && finished)) return;
    throw failure ?? changedFailure(path); // the other reader saw lines that aren't there now
  }

  async function keep(rows: readonly RawLine[], finished: boolean): Promise<void> {
    progress = {
      bytes_read: splitter.bytes,
      lines_read: splitter.lines,
      messages_read: (progress?.messages_read ?? 0) + rows.length,
      prefix_sha256: hash.digestAt(splitter.bytes),
      finished,
      real_clock: null,
    };
    await connection.run('BEGIN TRANSACTION');
    try {
      await appendColumns(connection, 'raw_messages', writersFor(source), rows);
      await writeProgress(connection, source, 'archive', progress);
      await connection.run('COMMIT');
    } catch (error) {
      await connection.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  return {
    advanceTo: (read) => (read.finished ? advanceTo(Infinity, read) : advanceTo(read.lines_read, null)),
    finish: async () => {
      if (progress?.finished !== true) await advanceTo(Infinity, null);
    },
  };
}

function writersFor(source: string): ColumnWriter<RawLine>[] {
  return [
    { type: 'STRING', value: () => source },
    { type: 'INT64', value: (row) => BigInt(row.line_number) },
    { type: 'BYTES', value: (row) => row.line },
    { type: 'INT64', value: (row) => BigInt(row.line_bytes) },
    { type: 'BYTES', value: (row) => row.line_sha256 },
  ];
}
