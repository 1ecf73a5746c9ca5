import { type DuckDBConnection, DuckDBDataChunk, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';

/** Rows in a DuckDB vector. */
const CHUNK_ROWS = 2_048;

/** How one column of a table is filled from a row of ours. */
export interface ColumnWriter<Row> {
  readonly type: DuckDBType;
  readonly value: (row: Row, index: number) => DuckDBValue;
}

/** Appends rows to a table by whole columns (an object a cell costs several times that). Part of the connection's transaction. */
export async function appendColumns<Row>(connection: DuckDBConnection, table: string, writers: readonly ColumnWriter<Row>[], rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const appender = await connection.createAppender(table);
  const types = writers.map((writer) => writer.type);
  const buffer: DuckDBValue[] = new Array(CHUNK_ROWS);
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, rows.length - start);
    const chunk = DuckDBDataChunk.create(types, count);
    buffer.length = count;
    for (let column = 0; column < writers.length; column++) {
      const { value } = writers[column];
      for (let row = 0; row < count; row++) buffer[row] = value(rows[start + row], start + row);
      chunk.setColumnValues(column, buffer);
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
