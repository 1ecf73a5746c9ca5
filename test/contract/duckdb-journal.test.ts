import { describe, expect, test } from 'vitest';
import { duckdbJournal, stampsFor } from '../../functions/adapters/embedded/duckdb-journal.ts';
import { fromDuckdbRow } from '../../functions/adapters/embedded/duckdb-values.ts';
import { openStore } from '../../functions/adapters/embedded/store.ts';
import { paymentJournal } from '../../sql/tables/payment-journal.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { journalContract, line } from './journal.ts';

describe('the journal in DuckDB', () => {
  journalContract({ stamps: 'single_writer', many_lines: 5_000 }, async () => {
    const store = await openStore(temporaryDirectory());
    let last = 0;
    const journal = duckdbJournal(store.connection, () => last, async (_connection, stamp) => void (last = stamp));
    const rows = async () => (await store.connection.runAndReadAll('SELECT * FROM payment_journal ORDER BY journaled_at')).getRowObjects().map(fromDuckdbRow);
    return { journal, rows, now: async () => last, close: async () => store.close() };
  });

  test('its columns are those of the description, in order', async () => {
    const store = await openStore(temporaryDirectory());
    const columns = await store.connection.runAndReadAll("SELECT column_name FROM duckdb_columns() WHERE table_name = 'payment_journal' ORDER BY column_index");
    expect(columns.getRows().map((row) => row[0])).toEqual(paymentJournal.columns.map((column) => column.name));
    store.close();
  });

  test('lines and checkpoint are one: where the checkpoint fails, no line is left', async () => {
    const store = await openStore(temporaryDirectory());
    const journal = duckdbJournal(store.connection, () => 0, async () => { throw new Error('no room'); });
    await expect(journal.append([line('a')])).rejects.toThrow('no room');
    expect((await store.connection.runAndReadAll('SELECT COUNT(*) FROM payment_journal')).getRows()[0][0]).toBe(0n);
    store.close();
  });
});

test.each([
  ['the clock at the message', [100, 200], 50, [100, 200]],
  ['a microsecond on where the clock stands', [100, 100, 100], 50, [100, 101, 102]],
  ['never before the last stamp', [100, 100], 500, [501, 502]],
  ['the clock again, when it is past the last stamp', [100, 100, 101, 900], 99, [100, 101, 102, 900]],
])('a stamp is %s', (_name, clock, last, expected) => {
  expect(stampsFor(clock.map((at, index) => line(String(index), at)), last)).toEqual(expected);
});
