import { type DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { type ColumnWriter, VECTOR_ROWS, VECTOR_TYPES, vectorFiller } from './duckdb-vectors.ts';

export type { ColumnWriter } from './duckdb-vectors.ts';

/** Appends rows to a table by whole columns (an object a cell costs several times that). Part of the connection's transaction. */
export async function appendColumns<Row>(connection: DuckDBConnection, table: string, writers: readonly ColumnWriter<Row>[], rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const appender = await connection.createAppender(table);
  const fill = vectorFiller();
  const chunk = DuckDBDataChunk.create(writers.map(({ type }) => VECTOR_TYPES[type]));
  for (let first = 0; first < rows.length; first += VECTOR_ROWS) {
    const count = Math.min(VECTOR_ROWS, rows.length - first);
    chunk.reset();
    chunk.rowCount = count;
    writers.forEach((writer, column) => fill(duckdb.data_chunk_get_vector(chunk.chunk, column), writer, rows, first, count));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
