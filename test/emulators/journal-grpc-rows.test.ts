import { expect, test } from 'vitest';
import { grpcRows } from '../../bench/grpc-rows.ts';
import { line } from '../contract/journal.ts';
import { byResource } from './journal-tables.ts';

/** Each column with a value somewhere, and each kind of value. */
const LINES = [
  line('a'),
  line('b', undefined, { kind: 'refund', original_transaction_id: 'x', currency: 'BHD', amount: '0.001', customer_id: 'é😀' }),
  line('c', undefined, { amount: 10.5 }),
  { ...line('d'), claim_owner: 'a', flags: ['clock_skew' as const], message: { ...line('d').message, dead_letter_published_at: -1, line_number: null } },
];

/**
 * What the benchmark sends over gRPC is what the journal sends over HTTP. The emulator writes the rows, but answers only when the stream has
 * ended, and leaves a column without a value empty whatever its default: stamps can't be tried here. Nor may it be asked anything meanwhile:
 * its two threads share a connection to DuckDB, and wait for each other for ever.
 */
test('the Storage Write API makes the same rows of the same lines, but for the stamp', async () => {
  const address = process.env.BIGQUERY_STORAGE_EMULATOR_HOST;
  if (!address) throw new Error('BIGQUERY_STORAGE_EMULATOR_HOST is not set: run `npm run test:emulators`');
  const [host, port] = address.split(':');
  const [byHttp, byGrpc] = [await byResource(), await byResource()];
  await byHttp.journal.append(LINES);
  const store = await grpcRows({ host, port: Number(port) }, byGrpc.table);
  const answer = store.insert(LINES.map((one) => store.encode(one)), new AbortController().signal);
  store.end();
  expect(await answer).toEqual(LINES.map(() => 'written'));
  store.close();
  const rowsOf = async ({ rows }: typeof byHttp) => (await rows()).map(({ journaled_at: _stamp, ...row }) => row).sort((a, b) => String(a.message_id).localeCompare(String(b.message_id)));
  expect(await rowsOf(byGrpc)).toHaveLength(LINES.length);
  expect(await rowsOf(byGrpc)).toEqual(await rowsOf(byHttp));
  await byHttp.close();
  await byGrpc.close();
});
