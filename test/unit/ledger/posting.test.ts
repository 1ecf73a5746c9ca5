import { describe, expect, test } from 'vitest';
import { duckdbBooks } from '../../../functions/adapters/embedded/duckdb-books.ts';
import { openStore, type Store } from '../../../functions/adapters/embedded/store.ts';
import { earliestPostable, post, POSTING } from '../../../functions/ledger/post.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR } from '../../../functions/payment/time.ts';
import type { Books, Ids } from '../../../functions/ports.ts';
import { insertLines, type JournalRow } from '../../support/journal-rows.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const DAY = MICROS_PER_DAY;
const HOUR = MICROS_PER_HOUR;
const START = 20_000 * DAY; // a UTC midnight
const GRACE = 24 * HOUR;

function counting(prefix = 'attempt'): Ids {
  let next = 0;
  return { next: () => `${prefix}-${++next}` };
}

async function storeWith(rows: readonly JournalRow[]): Promise<{ store: Store; books: Books }> {
  const store = await openStore(temporaryDirectory());
  await insertLines(store.connection, rows);
  return { store, books: duckdbBooks(store.connection) };
}

async function ledger(store: Store): Promise<string[]> {
  const rows = await store.connection.runAndReadAll('SELECT transaction_id, message_id, amount_minor, booking_date, posting_run FROM payment_transactions ORDER BY 1');
  return rows.getRows().map((row) => row.map(String).join(' '));
}

const line = (message_id: string, transaction_id: string, at: number, outcome: JournalRow['outcome'] = 'recorded', amount_minor = 1_000n): JournalRow => ({ message_id, transaction_id, outcome, journaled_at: START + at, amount_minor });

describe('which line is posted', () => {
  const cases: [string, JournalRow[], number, string[]][] = [
    ['the recorded one', [line('a', 't', 1)], DAY, ['t a 1000 2024-10-04 1']],
    ['the first of two recorded', [line('b', 't', 1), line('a', 't', 2)], DAY, ['t b 1000 2024-10-04 1']],
    ['by message id where both stamps are one', [line('b', 't', 1), line('a', 't', 1)], DAY, ['t a 1000 2024-10-04 1']],
    ['a late one like a recorded one', [line('a', 't', 1, 'late'), line('b', 't', 2)], DAY, ['t a 1000 2024-10-04 1']],
    ['a dead letter too', [line('a', 't', 1, 'dead_lettered')], DAY, ['t a 1000 2024-10-04 1']],
    ['not a duplicate within its grace', [line('b', 't', 1, 'duplicate')], DAY, []],
    ['a duplicate whose owner never came, after its grace', [line('b', 't', 1, 'duplicate')], 2 * DAY, ['t b 1000 2024-10-05 1']],
    ['the owner before a duplicate, though the duplicate is older', [line('b', 't', 1, 'duplicate'), line('a', 't', 2)], 3 * DAY, ['t a 1000 2024-10-06 1']],
    ['never a conflict', [line('b', 't', 1, 'conflict', 7n)], 9 * DAY, []],
    ['never a rejected one', [line('b', 't', 1, 'rejected', 7n)], 9 * DAY, []],
    ['nothing stamped at the cut', [line('a', 't', DAY)], DAY, []],
    ['a line a microsecond before the cut', [line('a', 't', DAY - 1)], DAY, ['t a 1000 2024-10-04 1']],
    ['each payment of a batch', [line('a', 't', 1), line('b', 'u', 2, 'recorded', 5n)], DAY, ['t a 1000 2024-10-04 1', 'u b 5 2024-10-04 1']],
    ['one line of a message that has two', [line('a', 't', 1), line('a', 't', 1)], DAY, ['t a 1000 2024-10-04 1']],
  ];
  test.each(cases)('%s', async (_name, rows, cut, expected) => {
    const { store, books } = await storeWith(rows);
    await post(books, counting(), { kind: 'sweep', cut: START + cut, orphan_grace: GRACE });
    expect(await ledger(store)).toEqual(expected);
    store.close();
  });
});

test('a second run posts nothing again, and a copy that comes later never counts', async () => {
  const { store, books } = await storeWith([line('a', 't', 1)]);
  const ids = counting();
  await post(books, ids, { kind: 'sweep', cut: START + 10, orphan_grace: GRACE });
  await insertLines(store.connection, [line('c', 't', 20, 'late', 9n), line('d', 'u', 21)]);
  const second = await post(books, ids, { kind: 'sweep', cut: START + 30, orphan_grace: GRACE });
  expect(second).toMatchObject({ run: 2, rows_posted: 1 });
  expect(await ledger(store)).toEqual(['t a 1000 2024-10-04 1', 'u d 1000 2024-10-04 2']);
  store.close();
});

test('the booking date never goes back', async () => {
  const { store, books } = await storeWith([line('a', 't', 1)]);
  const ids = counting();
  await post(books, ids, { kind: 'post', cut: START + 2 * DAY, orphan_grace: GRACE });
  await insertLines(store.connection, [line('b', 'u', 2)]);
  expect(await post(books, ids, { kind: 'post', cut: START + DAY, orphan_grace: GRACE })).toMatchObject({ booking_date: '2024-10-05' });
  store.close();
});

test('control totals equal the rows of their run, by currency and kind', async () => {
  const { store, books } = await storeWith([line('a', 't', 1), line('b', 'u', 2, 'recorded', 50n), { ...line('c', 'v', 3), currency: 'JPY' }]);
  await post(books, counting(), { kind: 'sweep', cut: START + DAY, orphan_grace: GRACE });
  const totals = await store.connection.runAndReadAll('SELECT currency, kind, postings, gross_minor FROM posting_totals ORDER BY 1');
  expect(totals.getRows().map((row) => row.map(String).join(' '))).toEqual(['EUR payment 2 1050.000000000', 'JPY payment 1 1000.000000000']);
  store.close();
});

test.each([0, 2])('with %i head rows nothing is posted', async (heads) => {
  const { store, books } = await storeWith([line('a', 't', 1)]);
  await store.connection.run(heads === 0 ? 'DELETE FROM posting_head' : 'INSERT INTO posting_head SELECT * FROM posting_head');
  expect(await post(books, counting(), { kind: 'sweep', cut: START + DAY, orphan_grace: GRACE })).toBeNull();
  expect(await ledger(store)).toEqual([]);
  store.close();
});

describe('two runs at once, from two connections', () => {
  // Every order in which the steps of two runs can follow each other: begin, head, payments, run with totals, commit.
  const STEPS = 5;
  const orders = interleavings(STEPS, STEPS);

  test(`each payment is posted once in all ${orders.length} orders, and one of them wins`, async () => {
    const { store } = await storeWith([]);
    const connections = [await store.connect(), await store.connect()];
    let number = 0;
    for (const order of orders) {
      number += 1;
      await insertLines(store.connection, [line(`m${number}`, `t${number}`, number)]);
      const runs = connections.map((connection, which) => steps(connection, `order-${number}-${which}`, number));
      const alive = [true, true];
      for (const which of order) {
        if (!alive[which]) continue;
        alive[which] = await runs[which]();
      }
      const posted = await store.connection.runAndReadAll(`SELECT COUNT(*) FROM payment_transactions WHERE transaction_id = 't${number}'`);
      expect(Number(posted.getRows()[0][0]), `order ${order.join('')}`).toBe(1);
    }
    const runs = await store.connection.runAndReadAll('SELECT COUNT(*), MAX(run), COUNT(DISTINCT run) FROM posting_runs');
    const [count, last, distinct] = runs.getRows()[0].map(Number);
    expect([last, distinct]).toEqual([count, count]); // numbered without gaps
    store.close();
  });

  /** One run, a step a call; false when it has lost and rolled back. */
  function steps(connection: Awaited<ReturnType<Store['connect']>>, attempt: string, number: number): () => Promise<boolean> {
    const books = duckdbBooks(connection);
    const parameters = { attempt, kind: 'sweep', today: { date: '2024-10-04' }, from_time: { timestamp: 0 }, earliest_line: { timestamp: 0 }, cut: { timestamp: START + number + 1 }, posted_at: { timestamp: START }, orphan_grace: BigInt(GRACE) };
    const [head, payments, run, totals] = POSTING;
    const todo = [() => connection.run('BEGIN TRANSACTION'), () => books.query(head, parameters), () => books.query(payments, parameters), () => books.query(run, parameters).then(() => books.query(totals, parameters)), () => connection.run('COMMIT')];
    let next = 0;
    return async () => {
      try {
        await todo[next++]();
        return true;
      } catch {
        await connection.run('ROLLBACK').catch(() => undefined);
        return false;
      }
    };
  }
});

function interleavings(left: number, right: number): number[][] {
  if (left === 0) return [new Array(right).fill(1)];
  if (right === 0) return [new Array(left).fill(0)];
  return [...interleavings(left - 1, right).map((rest) => [0, ...rest]), ...interleavings(left, right - 1).map((rest) => [1, ...rest])];
}

describe('when something is due', () => {
  const cases: [string, JournalRow[], number | null][] = [
    ['nothing', [], null],
    ['a recorded line at its stamp', [line('a', 't', 5)], 5],
    ['a duplicate when its grace is over', [line('a', 't', 5, 'duplicate')], 5 + GRACE],
    ['never a conflict', [line('a', 't', 5, 'conflict')], null],
    ['the earliest of several', [line('a', 't', 50), line('b', 'u', 40, 'late')], 40],
  ];
  test.each(cases)('%s', async (_name, rows, expected) => {
    const { store, books } = await storeWith(rows);
    expect(await earliestPostable(books, GRACE)).toBe(expected === null ? null : START + expected);
    store.close();
  });

  test('what is posted is no longer due', async () => {
    const { store, books } = await storeWith([line('a', 't', 5), line('b', 't', 6, 'duplicate')]);
    await post(books, counting(), { kind: 'sweep', cut: START + DAY, orphan_grace: GRACE });
    expect(await earliestPostable(books, GRACE)).toBeNull();
    store.close();
  });
});
