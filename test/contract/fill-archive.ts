import type { DuckDBConnection } from '@duckdb/node-api';
import { appendColumns } from '../../functions/adapters/embedded/duckdb-columns.ts';
import type { OversizedLine } from '../../functions/adapters/embedded/read-line.ts';

/** True for a line that is too long to be kept whole. */
export const isOversized = (line: Uint8Array | OversizedLine): line is OversizedLine => 'first_bytes' in line;

/** Has the raw archive hold these lines of one source, and nothing else. */
export async function fillArchive(connection: DuckDBConnection, source: string, lines: readonly (Uint8Array | OversizedLine)[]): Promise<void> {
  await connection.run('DELETE FROM raw_messages');
  await appendColumns(
    connection,
    'raw_messages',
    [
      { type: 'STRING', value: () => source },
      { type: 'INT64', value: (_line, index) => BigInt(index + 1) },
      { type: 'BYTES', value: (line) => (isOversized(line) ? line.first_bytes : line) },
      { type: 'INT64', value: (line) => BigInt(isOversized(line) ? line.bytes : line.length) },
      { type: 'BYTES', value: (line) => (isOversized(line) ? line.sha256 : null) },
    ],
    lines,
  );
}
