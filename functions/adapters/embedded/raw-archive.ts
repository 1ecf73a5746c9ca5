import { BIGINT, BLOB, DuckDBBlobValue, type DuckDBConnection, VARCHAR } from '@duckdb/node-api';
import { archiveSplitter, type RawLine } from './archive-splitter.ts';
import { readProgress, type SourceProgress, writeProgress } from './checkpoints.ts';
import { prefixHash, readOn } from './consumed-prefix.ts';
import { appendColumns, type ColumnWriter } from './duckdb-columns.ts';

/** Appends every line of a source to `raw_messages`, ahead of the pipeline: the independent witness. */
export interface RawArchive {
  /** Archives at least up to this physical line (or to the end), durably, in a transaction and with a checkpoint of its own. */
  advanceTo(line: number): Promise<void>;
}

export async function rawArchive(connection: DuckDBConnection, path: string, source: string): Promise<RawArchive> {
  let progress: SourceProgress | null = await readProgress(connection, source, 'archive');
  const hash = prefixHash();
  const splitter = archiveSplitter(progress?.bytes_read ?? 0, progress?.lines_read ?? 0);
  const pieces = readOn(path, source, progress, hash);
  let ended = progress?.finished ?? false;
  let broken = false;

  async function collect(line: number): Promise<RawLine[]> {
    const rows: RawLine[] = [];
    while (!ended && splitter.lines < line) {
      // A source that can't be read to its end ends here too: the pipeline's reader meets the same fault, and reports it.
      const next = await pieces.next().catch(() => null);
      ended = next === null || next.done === true;
      if (next && !next.done) rows.push(...splitter.push(next.value));
      else if (next) rows.push(...splitter.end());
      else broken = true;
    }
    return rows;
  }

  return {
    async advanceTo(line) {
      const before = splitter.bytes;
      const rows = await collect(line);
      const finished = ended && !broken;
      if (splitter.bytes === before && progress?.finished === finished) return;
      progress = {
        bytes_read: splitter.bytes,
        lines_read: splitter.lines,
        messages_read: (progress?.messages_read ?? 0) + rows.length,
        prefix_sha256: hash.digestAt(splitter.bytes),
        finished,
        real_clock: null,
      };
      await connection.run('BEGIN TRANSACTION');
      await appendColumns(connection, 'raw_messages', writersFor(source), rows);
      await writeProgress(connection, source, 'archive', progress);
      await connection.run('COMMIT');
    },
  };
}

function writersFor(source: string): ColumnWriter<RawLine>[] {
  return [
    { type: VARCHAR, value: () => source },
    { type: BIGINT, value: (row) => BigInt(row.line_number) },
    { type: BLOB, value: (row) => new DuckDBBlobValue(row.line) },
    { type: BIGINT, value: (row) => BigInt(row.line_bytes) },
    { type: BLOB, value: (row) => (row.line_sha256 ? new DuckDBBlobValue(row.line_sha256) : null) },
  ];
}
