import type { DuckDBConnection } from '@duckdb/node-api';
import { readFact } from '../adapters/embedded/checkpoints.ts';
import type { Settings } from '../config.ts';
import { EXIT, Failure } from '../failure.ts';

/**
 * What makes a payment the same payment is one for a data directory, fixed by its first ingest: under another scope a copy of a posted
 * payment would have another identity, and be posted a second time. Throws `Failure` (exit 2) where another is in force.
 */
export async function requireSameScope(connection: DuckDBConnection, scope: Settings['identity_scope']): Promise<void> {
  const fixed = await readFact(connection, 'identity_scope');
  if (fixed === null || fixed === scope) return;
  throw new Failure(
    EXIT.usage,
    `This data directory identifies payments by ${fixed}, fixed by its first ingest; ${scope} would count copies of them twice.`,
    `Give --identity-scope ${fixed}, or use another --data-dir.`,
  );
}
