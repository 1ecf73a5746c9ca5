import { afterEach, beforeEach, expect, test } from 'vitest';
import { duckdbBooks } from '../../../functions/adapters/embedded/duckdb-books.ts';
import { openStore, type Store } from '../../../functions/adapters/embedded/store.ts';
import { post, POSTING } from '../../../functions/ledger/post.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR } from '../../../functions/payment/time.ts';
import type { Books } from '../../../functions/ports.ts';
import { insertLines } from '../../support/journal-rows.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const START = 20_000 * MICROS_PER_DAY;
const ORDER = { kind: 'sweep', cut: START + MICROS_PER_DAY, orphan_grace: 24 * MICROS_PER_HOUR } as const;

let store: Store;
let books: Books;
beforeEach(async () => {
  store = await openStore(temporaryDirectory());
  books = duckdbBooks(store.connection);
  await insertLines(store.connection, [{ message_id: 'm', transaction_id: 't', outcome: 'recorded', journaled_at: START + 1 }]);
});
afterEach(() => store.close());

/** A posting whose statements run one by one, after `before` each, so that the engine's own conflict between two transactions stops none. */
async function postAsking(before: (file: string) => Promise<unknown>): Promise<Record<string, number>> {
  const posting = await post({
    ...books,
    async transaction(files, parameters) {
      expect(files).toEqual(POSTING);
      for (const file of files) {
        await before(file);
        await books.query(file, parameters);
      }
      return true;
    },
  }, { next: () => 'ours' }, ORDER);
  const count = async (table: string) => Number((await store.connection.runAndReadAll(`SELECT COUNT(*) FROM ${table}`)).getRows()[0][0]);
  return { posted: posting?.rows_posted ?? -1, rows: await count('payment_transactions'), runs: await count('posting_runs'), totals: await count('posting_totals') };
}

const NOTHING = { posted: -1, rows: 0, runs: 0, totals: 0 };
const take = (attempt: string) => store.connection.run(`UPDATE posting_head SET run = run + 1, attempt = '${attempt}'`);

test('a posting that holds the head inserts its rows, its run and its totals', async () => {
  expect(await postAsking(async () => undefined)).toEqual({ posted: 1, rows: 1, runs: 1, totals: 1 });
});

test('one from which another has taken the head inserts nothing at all', async () => {
  expect(await postAsking(async (file) => (file === POSTING[1] ? take('another') : undefined))).toEqual(NOTHING);
});

test('nor does one whose head was never taken', async () => {
  const [head, ...rest] = POSTING;
  const without: Books = { ...books, transaction: async (_files, parameters) => (await Promise.all(rest.map((file) => books.query(file, parameters))), true) };
  expect(head).toContain('head');
  expect(await post(without, { next: () => 'ours' }, ORDER)).toBeNull();
  expect((await store.connection.runAndReadAll('SELECT COUNT(*) FROM payment_transactions')).getRows()[0][0]).toBe(0n);
});
