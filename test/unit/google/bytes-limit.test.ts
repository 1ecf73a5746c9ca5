import { expect, test } from 'vitest';
import { type LastRun, limitFor, withinLimit } from '../../../functions/adapters/google/bytes-limit.ts';
import type { BigqueryBooks } from '../../../functions/adapters/google/bigquery-books.ts';
import type { SqlParameters, SqlRow } from '../../../functions/ports.ts';
import { MICROS_PER_HOUR } from '../../../functions/payment/time.ts';

const HOUR = MICROS_PER_HOUR;
const last = (change: Partial<LastRun> = {}): LastRun => ({ recorded_at: 100 * HOUR, span: HOUR, bytes_billed: 1_000n, ...change });

test.each<[string, LastRun | null, number, bigint | null]>([
  ['no run before: no limit', null, 100, null],
  ['as much to look at: three times', last(), 101, 3_000n],
  ['less: three times', last(), 100, 3_000n],
  ['after an outage: more, as there is more to look at', last(), 110, 12_000n],
  ['the look-back counts on both sides', last({ span: 0 }), 102, 6_000n],
  ['a clock that went back is no outage', last(), 50, 3_000n],
  ['beyond what a float holds', last({ bytes_billed: 10n ** 18n }), 101, 3n * 10n ** 18n],
])('%s', (_name, run, hour, expected) => expect(limitFor(run, hour * HOUR)).toBe(expected));

function fakeBooks(rows: SqlRow[]) {
  const calls: [string, SqlParameters][] = [];
  const limits: bigint[] = [];
  let bytes = 5n;
  const books = {
    query: async (file: string, parameters: SqlParameters = {}) => (calls.push([file, parameters]), rows),
    limitTo: (limit: bigint) => void limits.push(limit),
    billed: () => ({ bytes, slot_millis: 3n }),
  } as unknown as BigqueryBooks;
  return { books, calls, limits, bill: (more: bigint) => (bytes += more) };
}

test('a run is within the limit of the last one of its kind, and is kept for the next', async () => {
  const { books, calls, limits, bill } = fakeBooks([{ recorded_at: 100 * HOUR, span_micros: BigInt(HOUR), bytes_billed: 1_000n }]);
  expect(await withinLimit(books, 'post', 101 * HOUR, async () => (bill(40n), 'posted'))).toBe('posted');
  expect(limits).toEqual([3_000n]);
  expect(calls).toMatchObject([['jobs/runs/last.sql', { job: 'post' }], ['jobs/runs/append.sql', { job: 'post', span_micros: HOUR, bytes_billed: 40n, recorded_at: { timestamp: 101 * HOUR } }]]);
});

test('the first run of a kind has no limit', async () => {
  const { books, calls, limits } = fakeBooks([]);
  await withinLimit(books, 'post', HOUR, async () => null);
  expect([limits, calls[1][1].span_micros]).toEqual([[], 0]);
});

test('a run that came to nothing is not kept, nor one that failed', async () => {
  const { books, calls } = fakeBooks([]);
  await withinLimit(books, 'post', HOUR, async () => null, (posting) => posting !== null);
  await expect(withinLimit(books, 'post', HOUR, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(calls.map(([file]) => file)).toEqual(['jobs/runs/last.sql', 'jobs/runs/last.sql']);
});
