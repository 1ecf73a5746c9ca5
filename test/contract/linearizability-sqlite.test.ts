import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { sqliteClaims } from '../../functions/adapters/embedded/sqlite-claims.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { type Lane, withBuffers } from './claims-lanes.ts';
import { mixed, oneForAll } from './claims-traffic.ts';
import { type Operation, refute } from './linearizability.ts';
import type { ThreadWork } from './linearizability-worker.ts';

const SEED = Number(process.env.TEST_SEED ?? 47);
const THREADS = 3;

/** Runs the lanes in threads, each with a connection of its own to one file, and gives back all that they saw. */
async function histories(lanes: readonly Lane[]): Promise<Operation[]> {
  const file = join(temporaryDirectory(), 'claims.sqlite');
  sqliteClaims(file).close();
  const shared = new SharedArrayBuffer(8);
  new Int32Array(shared)[1] = THREADS;
  const threads = Array.from({ length: THREADS }, (_, thread) => run({ file, shared, lanes: lanes.filter((_lane, place) => place % THREADS === thread) }));
  return (await Promise.all(threads)).flat();
}

function run(workerData: ThreadWork): Promise<Operation[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('linearizability-worker.ts', import.meta.url), { workerData });
    worker.once('message', (history: Operation[]) => resolve(history.map((one) => ({ ...one, request: withBuffers(one.request) }))));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread ended with ${code} and without a history`)));
  });
}

/** Operations that were under way while another thread's were. */
const overlapping = (history: readonly Operation[]) => history.filter((one) => one.answer !== null && one.answer.responded - one.invoked > 1).length;

test('two hundred messages, one payment, three connections: one owns it, and every answer fits', async () => {
  const history = await histories(oneForAll(200));
  expect(history).toHaveLength(200);
  expect(history.filter(({ answer }) => answer?.result.result === 'claimed')).toHaveLength(1);
  expect(refute(history)).toBeNull();
});

test('many payments and messages that come again and again, three connections: an order explains every answer', async () => {
  const history = await histories(mixed(SEED, 60, 10, 25));
  expect(history.every(({ answer }) => answer !== null), `seed ${SEED}`).toBe(true);
  expect(new Set(history.map(({ answer }) => answer?.result.result)), `seed ${SEED}`).toEqual(new Set(['claimed', 'duplicate', 'conflict']));
  expect(overlapping(history), `seed ${SEED}: the threads must meet`).toBeGreaterThan(0);
  expect(refute(history), `seed ${SEED}`).toBeNull();
});
