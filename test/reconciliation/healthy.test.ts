import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { incompleteSources } from '../../functions/local/incomplete-sources.ts';
import { healthyStore } from './healthy-store.ts';
import type { Proof, TrialStore } from './trial-store.ts';

let store: TrialStore;
let healthy: Proof;
beforeAll(async () => {
  store = await healthyStore();
  healthy = await store.prove();
});
afterAll(() => store.close());

describe('the healthy store', () => {
  test('is reconciled, and holds every disposition that a settled store can have', () => {
    expect(healthy).toMatchObject({ verdict: 'reconciled', errors: 0, warnings: 10 });
    expect(healthy.messages).toEqual({ published: 58, posted: 43, duplicate: 7, conflict: 4, pending: 0, rejected: 4, missing: 0 });
  });

  test('holds every outcome, every kind, and currencies of 0, 2 and 3 decimals', async () => {
    const distinct = async (column: string, table: string) => (await store.rows(`SELECT DISTINCT ${column} AS found FROM ${table} ORDER BY 1`)).map((row) => row.found);
    expect(await distinct('outcome', 'payment_journal')).toEqual(['conflict', 'dead_lettered', 'duplicate', 'late', 'recorded', 'rejected']);
    expect(await distinct('kind', 'payment_transactions')).toHaveLength(8);
    expect(await distinct('currency', 'payment_transactions')).toEqual(['BHD', 'EUR', 'JPY']);
  });

  test('has control totals of each currency and kind, published from the archive and posted from the ledger', async () => {
    const rows = await store.rows(`SELECT disposition, messages, CAST(gross AS VARCHAR) AS gross, CAST(net AS VARCHAR) AS net FROM reconciliation_totals WHERE reconciliation = ${healthy.reconciliation} AND currency = 'JPY' ORDER BY kind, disposition`);
    expect(rows.map(({ disposition, messages, gross, net }) => [disposition, Number(messages), gross, net])).toEqual([
      ['duplicate', 1, '1200.000000000', '1200.000000000'],
      ['posted', 2, '1840.000000000', '1840.000000000'],
      ['published', 3, '3040.000000000', '3040.000000000'],
      ['posted', 1, '200.000000000', '-200.000000000'],
      ['published', 1, '200.000000000', '-200.000000000'],
    ]);
  });
});

test('reconciled again, it has the same breaks under the same ids, and the next number', async () => {
  const again = await store.prove();
  expect(again.open).toEqual(healthy.open);
  expect(again.reconciliation).toBe(healthy.reconciliation + 1);
});

test('what a killed reconciliation left behind is in no other one', async () => {
  const { reconciliation } = await store.prove();
  const leftBehind = [
    'UPDATE reconciliation_head SET reconciliation = reconciliation + 2', // each takes its number before it writes
    `INSERT INTO reconciliation_totals SELECT * REPLACE (${reconciliation + 1} AS reconciliation) FROM reconciliation_totals WHERE reconciliation = ${reconciliation}`,
    `INSERT INTO reconciliation_breaks SELECT * REPLACE (${reconciliation + 2} AS reconciliation) FROM reconciliation_breaks WHERE reconciliation = ${reconciliation}`,
  ];
  const next = await store.trial(leftBehind, () => store.prove());
  expect(next).toMatchObject({ reconciliation: reconciliation + 3, warnings: healthy.warnings, open: healthy.open });
});

describe('a source is incomplete', () => {
  const why = (tamper: string) => store.trial(tamper, () => incompleteSources(store.directory.store.connection));
  test.each([
    ['where one reader is behind', "UPDATE source_checkpoints SET lines_read = 1 WHERE reader = 'archive'", ['file-1.jsonl is not read to its end (run ingest again)']],
    ['where it was not read to its end', "UPDATE source_checkpoints SET finished = FALSE WHERE reader = 'pipeline'", ['file-1.jsonl is not read to its end (run ingest again)']],
    ['where the archive lost a row, even of a message that came twice', "DELETE FROM raw_messages WHERE line_number = (SELECT MIN(line_number) FROM raw_messages WHERE decode(line) LIKE '%\"m-dead-letter\"%')", ['the raw archive holds 63 of the 64 messages of file-1.jsonl that it took in']],
    ['nowhere in the healthy store', 'SELECT 1', []],
  ])('%s', async (_name, tamper, expected) => {
    expect(await why(tamper)).toEqual(expected);
  });
});
