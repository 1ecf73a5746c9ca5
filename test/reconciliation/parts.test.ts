import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { openDataDirectory } from '../../functions/local/data-directory.ts';
import { ingestFile } from '../../functions/local/ingest/ingest-file.ts';
import { simulateFile } from '../../functions/local/simulate-file.ts';
import { reconcile } from '../../functions/reconciliation/reconcile.ts';
import { storeNow } from '../../functions/local/store-clock.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

test('in many parts the reconciliation finds what it finds in one, also what was altered', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'parts.jsonl');
  await simulateFile({ payments: 3_000, days: 3, seed: 21, source: 'parts.jsonl' }, file, join(directory, 'key.json'));
  const data = await openDataDirectory(join(directory, 'data'), DEFAULT_SETTINGS);
  await ingestFile(data, { path: file, source: 'parts.jsonl', clock: null, accept_all: false });
  const { connection } = data.store;
  // Every two hundredth ledger row altered, one line and one archive row lost.
  await connection.run('UPDATE payment_transactions SET amount = amount + 1 WHERE rowid % 200 = 0');
  // Hashes that are none, at the ends of parts.
  for (const [row, hash] of ['', '00', '7f', '80', '80'.padEnd(64, '0'), '7f'.padEnd(66, 'f'), 'ff'.repeat(40)].entries()) await connection.run(`UPDATE payment_transactions SET data_sha256 = unhex('${hash}') WHERE rowid = ${row + 1}`);
  await connection.run('DELETE FROM payment_journal WHERE rowid = 77');
  await connection.run('DELETE FROM raw_messages WHERE rowid = 99');
  const now = await storeNow(data);
  const found: unknown[] = [];
  for (const messages_in_part of [1_000_000, 100]) {
    const { reconciliation, ...rest } = await reconcile(data.books, { now, settings: DEFAULT_SETTINGS, ids: data.ids, incomplete: [], messages_in_part });
    const totals = await connection.runAndReadAll(`SELECT * EXCLUDE (reconciliation) FROM reconciliation_totals WHERE reconciliation = ${reconciliation} ORDER BY ALL`);
    const breaks = await connection.runAndReadAll(`SELECT * EXCLUDE (reconciliation) FROM reconciliation_breaks WHERE reconciliation = ${reconciliation} ORDER BY ALL`);
    found.push({ rest, totals: totals.getRowsJson(), breaks: breaks.getRowsJson() });
  }
  expect(found[1]).toEqual(found[0]);
  expect(JSON.stringify(found[0])).toContain('money_mismatch');
  expect(JSON.stringify(found[0]).match(/phantom_posting:/g), 'the seven, and that of the archive row').toHaveLength(8);
  data.close();
}, 60_000);
