import { expect, test } from 'vitest';
import { PAUSES_MILLISECONDS, sendAgain } from '../../../functions/adapters/google/send-again.ts';
import { manualTimer, promisesSettled } from './manual-timer.ts';

const PASSING = new Error('passing');
const LASTING = new Error('lasting');

/** A call that ends in turn as it is told; when it was called, and how it all ended. */
function trial(...ends: readonly (Error | string)[]) {
  const timer = manualTimer();
  const over = new AbortController();
  const at: number[] = [];
  const call = async () => {
    at.push(timer.now());
    const end = ends[Math.min(at.length, ends.length) - 1];
    if (end instanceof Error) throw end;
    return end;
  };
  const result = sendAgain(call, (error) => error === PASSING, over.signal, timer.setTimer).catch((error: Error) => error);
  return { timer, over, at, result };
}

test.each<[string, (Error | string)[], number[], Error | string]>([
  ['at once', ['done'], [0], 'done'],
  ['the second time', [PASSING, 'done'], [0, 200], 'done'],
  ['the last time', [PASSING, PASSING, PASSING, 'done'], [0, 200, 1_200, 5_200], 'done'],
  ['never', [PASSING], [0, 200, 1_200, 5_200], PASSING],
  ['not for good', [LASTING], [0], LASTING],
  ['not for good, the second time', [PASSING, LASTING], [0, 200], LASTING],
])('succeeds %s', async (_name, ends, expected, outcome) => {
  const { timer, at, result } = trial(...ends);
  await promisesSettled();
  await timer.advance(60_000);
  expect(await result).toBe(outcome);
  expect(at).toEqual(expected);
  expect(timer.pending()).toBe(0);
});

test('aborted while it waits: ends with what it has, calls no more, and leaves no timer', async () => {
  const { timer, over, at, result } = trial(PASSING);
  await promisesSettled();
  await timer.advance(PAUSES_MILLISECONDS[0] - 1);
  over.abort();
  expect(await result).toBe(PASSING);
  expect([at, timer.pending()]).toEqual([[0], 0]);
});

test('aborted while it calls: the same', async () => {
  const timer = manualTimer();
  const over = new AbortController();
  let calls = 0;
  const call = async () => {
    calls += 1;
    over.abort();
    throw PASSING;
  };
  await expect(sendAgain(call, () => true, over.signal, timer.setTimer)).rejects.toBe(PASSING);
  expect([calls, timer.pending()]).toEqual([1, 0]);
});
