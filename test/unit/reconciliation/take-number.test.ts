import { afterEach, beforeEach, expect, test } from 'vitest';
import { duckdbBooks } from '../../../functions/adapters/embedded/duckdb-books.ts';
import { openStore, type Store } from '../../../functions/adapters/embedded/store.ts';
import type { Books, Ids } from '../../../functions/ports.ts';
import { takeNumber } from '../../../functions/reconciliation/take-number.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let store: Store;

beforeEach(async () => {
  store = await openStore(temporaryDirectory());
});
afterEach(() => store.close());

function counting(prefix: string): Ids {
  let next = 0;
  return { next: () => `${prefix}-${++next}` };
}

/** Books that let another take a number between our change of the head and our look at it, so many times. */
function overtaken(books: Books, other: Books, times: number): Books {
  const ids = counting('other');
  return {
    ...books,
    async query(file, parameters) {
      const rows = await books.query(file, parameters);
      if (file.endsWith('take-number.sql') && times-- > 0) await takeNumber(other, ids);
      return rows;
    },
  };
}

test('numbers begin at 1 and go up', async () => {
  const books = duckdbBooks(store.connection);
  expect(await takeNumber(books, counting('a'))).toEqual({ reconciliation: 1, posting_run: 0n });
  expect(await takeNumber(books, counting('b'))).toMatchObject({ reconciliation: 2 });
});

test('overtaken by another, it takes a later number: no two have one', async () => {
  const other = duckdbBooks(await store.connect());
  expect(await takeNumber(overtaken(duckdbBooks(store.connection), other, 2), counting('ours'))).toMatchObject({ reconciliation: 5 });
});

test('always overtaken, it gives up', async () => {
  const other = duckdbBooks(await store.connect());
  await expect(takeNumber(overtaken(duckdbBooks(store.connection), other, Infinity), counting('ours'))).rejects.toThrow(/in 10 tries/);
});

test.each([
  ['no head', 'DELETE FROM reconciliation_head'],
  ['two heads', 'INSERT INTO reconciliation_head SELECT * FROM reconciliation_head'],
])('%s: no number', async (_name, sql) => {
  await store.connection.run(sql);
  await expect(takeNumber(duckdbBooks(store.connection), counting('a'))).rejects.toThrow(/must hold one row/);
});

test('books without a head, but with totals, go on after their last number', async () => {
  const books = duckdbBooks(store.connection);
  await store.connection.run("INSERT INTO reconciliation_totals (reconciliation, disposition, currency, kind, messages, gross, net) VALUES (7, 'posted', 'EUR', 'payment', 1, 1, 1)");
  await store.connection.run('DELETE FROM reconciliation_head');
  await books.query('jobs/reconcile/seed-head.sql');
  await books.query('jobs/reconcile/seed-head.sql'); // as each start does
  expect(await takeNumber(books, counting('a'))).toMatchObject({ reconciliation: 8 });
});
