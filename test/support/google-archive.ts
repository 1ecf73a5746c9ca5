import { DuckDBInstance } from '@duckdb/node-api';
import { duckdbTable } from '../../functions/adapters/embedded/duckdb-schema.ts';
import { fromDuckdbRow, toDuckdbValue } from '../../functions/adapters/embedded/duckdb-values.ts';
import { MACROS } from '../../functions/adapters/embedded/sql-dialect.ts';
import { readStatement } from '../../functions/adapters/embedded/sql-files.ts';
import type { SqlRow } from '../../functions/ports.ts';
import { rawMessagesFromPubsub } from '../../sql/tables/raw-messages.ts';

/** A row as the native BigQuery subscription writes it; a message without data has none. */
export interface ArchiveRow {
  readonly message_id: string;
  readonly data: Uint8Array | null;
  readonly attributes: string;
}

/** What Google Cloud's view of the raw archive says of these rows, run on DuckDB. */
export async function archivedByGoogle(rows: readonly ArchiveRow[]): Promise<SqlRow[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const macro of MACROS) await connection.run(`CREATE OR REPLACE MACRO ${macro}`);
  await connection.run(duckdbTable(rawMessagesFromPubsub)[0]!);
  for (const { message_id, data, attributes } of rows) {
    const values = [toDuckdbValue(message_id), toDuckdbValue(data), toDuckdbValue(attributes)];
    await connection.run('INSERT INTO raw_messages (message_id, data, attributes) VALUES ($1, $2, $3)', values.map(({ value }) => value), values.map(({ type }) => type));
  }
  await connection.run(readStatement('views/google/10-archived-messages.sql').sql);
  const result = await connection.runAndReadAll('SELECT * FROM archived_messages');
  const read = result.getRowObjects().map((row) => fromDuckdbRow(row));
  connection.closeSync();
  instance.closeSync();
  return read;
}
