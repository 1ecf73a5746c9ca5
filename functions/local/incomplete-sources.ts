import type { DuckDBConnection } from '@duckdb/node-api';

/** Why a reconciliation of this store would be incomplete, a sentence a source: empty, not read to its end, or read by one reader only. */
export async function incompleteSources(connection: DuckDBConnection): Promise<string[]> {
  const result = await connection.runAndReadAll(
    `SELECT source, MAX(CASE WHEN reader = 'pipeline' THEN lines_read END) AS journaled, MAX(CASE WHEN reader = 'archive' THEN lines_read END) AS archived,
       MAX(CASE WHEN reader = 'pipeline' THEN messages_read END) AS messages, BOOL_AND(finished) AND COUNT(*) = 2 AS finished
     FROM source_checkpoints GROUP BY source ORDER BY source`,
  );
  const rows = result.getRowObjects();
  if (rows.length === 0) return ['nothing has been ingested'];
  return rows.flatMap(({ source, journaled, archived, messages, finished }) => {
    if (!finished || journaled !== archived) return [`${source} is not read to its end (run ingest again)`];
    return messages === 0n ? [`${source} is empty`] : [];
  });
}
