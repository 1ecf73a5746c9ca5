import type { DuckDBConnection } from '@duckdb/node-api';
import { counted, grouped } from '../figures.ts';

/**
 * Why a reconciliation of this store would be incomplete, a sentence a source: empty, not read to its end, read by one reader only, or
 * no longer whole in the raw archive.
 */
export async function incompleteSources(connection: DuckDBConnection): Promise<string[]> {
  const result = await connection.runAndReadAll(
    `SELECT source, MAX(CASE WHEN reader = 'pipeline' THEN lines_read END) AS journaled, MAX(CASE WHEN reader = 'archive' THEN lines_read END) AS archived,
       MAX(CASE WHEN reader = 'pipeline' THEN messages_read END) AS messages, BOOL_AND(finished) AND COUNT(*) = 2 AS finished,
       MAX(CASE WHEN reader = 'archive' THEN messages_read END) AS taken_in, (SELECT COUNT(*) FROM raw_messages AS kept WHERE kept.source = source_checkpoints.source) AS kept
     FROM source_checkpoints GROUP BY source ORDER BY source`,
  );
  const rows = result.getRowObjects();
  if (rows.length === 0) return ['nothing has been ingested'];
  return rows.flatMap(({ source, journaled, archived, messages, finished, taken_in, kept }) => {
    if (!finished || journaled !== archived) return [`${source} is not read to its end (run ingest again)`];
    if (kept !== taken_in) return [`the raw archive holds ${grouped(Number(kept))} of the ${counted(Number(taken_in), 'message')} of ${source} that it took in`];
    return messages === 0n ? [`${source} is empty`] : [];
  });
}
