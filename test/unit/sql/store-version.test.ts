import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openStore, STORE_VERSION } from '../../../functions/adapters/embedded/store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/** The version, and the first digits of the hash of every column that the tables of that version have. */
const KNOWN = { version: '3', tables: '3133958471cdbd37' };

test('a change of tables raises STORE_VERSION: a release must not read the store of another', async () => {
  const store = await openStore(temporaryDirectory());
  try {
    const result = await store.connection.runAndReadAll("SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() WHERE NOT internal AND database_name = 'ledger' AND table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY table_name, column_index");
    const columns = result.getRows().map((row) => row.join(' '));
    expect(columns.length).toBeGreaterThan(100);
    const tables = createHash('sha256').update(columns.join('\n')).digest('hex').slice(0, 16);
    expect({ version: STORE_VERSION, tables }, 'Raise STORE_VERSION in functions/adapters/embedded/store.ts; then write the new version and hash here.').toEqual(KNOWN);
  } finally {
    store.close();
  }
});
