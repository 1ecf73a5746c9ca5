import type { DuckDBConnection } from '@duckdb/node-api';
import { readFact } from '../../adapters/embedded/checkpoints.ts';
import { EXIT, Failure } from '../../failure.ts';

export type ClockMode = 'message' | 'wall';

/** Whose clock counts: one a data directory, fixed by its first ingest. Throws `Failure` (exit 2) where another is asked for later. */
export async function clockMode(connection: DuckDBConnection, wanted: ClockMode | null): Promise<ClockMode> {
  const fixed = (await readFact(connection, 'clock_mode')) as ClockMode | null;
  if (fixed && wanted && fixed !== wanted) {
    throw new Failure(EXIT.usage, `This data directory goes by the ${fixed} clock, fixed by its first ingest; --clock ${wanted} can't be mixed in.`, 'Leave --clock out, or use another --data-dir.');
  }
  return fixed ?? wanted ?? 'message';
}
