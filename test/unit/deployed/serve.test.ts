import { afterEach, expect, test } from 'vitest';
import type { Answer } from '../../../functions/deployed/answer.ts';
import { giveUpAfter } from '../../../functions/deployed/give-up.ts';
import { LINES_PER_WINDOW, WINDOW } from '../../../functions/deployed/limited-log.ts';
import { serve } from '../../../functions/deployed/serve.ts';
import { MICROS_PER_SECOND } from '../../../functions/payment/time.ts';
import { serveInFramework, type ServedTrial } from '../../support/served-function.ts';
import { manualTimer, promisesSettled } from '../google/manual-timer.ts';
import { trialPlatform } from './trial-platform.ts';

let served: ServedTrial;
afterEach(() => served.close());

/** Work whose ends are in the test's hands. */
function heldWork() {
  const open: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  return { open, work: () => new Promise<Answer>((resolve, reject) => void open.push({ resolve, reject })) };
}

const DONE = { status: 204 };

test.each([['comes to something', 'resolve'], ['fails', 'reject']] as const)('near the time limit a request is answered 503; what goes on and %s after that harms nobody', async (_name, end) => {
  const timer = manualTimer();
  const platform = trialPlatform({ setTimer: timer.setTimer, give_up_after: 55_000 });
  const { work, open } = heldWork();
  served = await serveInFramework(serve(platform, work));
  const reply = served.call();
  await expect.poll(() => open.length).toBe(1);
  await timer.advance(54_999);
  expect(await Promise.race([reply, promisesSettled().then(() => 'waits')])).toBe('waits');
  await timer.advance(1);
  expect((await reply).status).toBe(503);
  expect(platform.logged).toMatchObject([{ severity: 'WARNING', message: 'request given up near its time limit', milliseconds: 55_000 }]);
  if (end === 'resolve') open[0].resolve(DONE);
  else open[0].reject(new Error('after the end')); // an unhandled rejection would fail this run
  await promisesSettled();
  const next = served.call();
  await expect.poll(() => open.length).toBe(2);
  open[1].resolve(DONE);
  expect((await next).status).toBe(204);
});

test('a door that takes too long is given up as well, and lets nobody in afterwards', async () => {
  const timer = manualTimer();
  let openDoor = (_answer: null) => {};
  const platform = trialPlatform({ setTimer: timer.setTimer, give_up_after: 55_000, door: () => new Promise((resolve) => (openDoor = resolve)) });
  const { work, open } = heldWork();
  served = await serveInFramework(serve(platform, work));
  const reply = served.call();
  await expect.poll(() => timer.pending()).toBe(1);
  await timer.advance(55_000);
  expect((await reply).status).toBe(503);
  openDoor(null);
  await promisesSettled();
  expect(open).toHaveLength(0);
});

test('what the work throws is answered 500, without its words', async () => {
  const platform = trialPlatform();
  served = await serveInFramework(serve(platform, () => Promise.reject(new RangeError('of cus_81'))));
  expect(await served.call()).toMatchObject({ status: 500, body: '' });
  expect(platform.logged).toMatchObject([{ severity: 'ERROR', message: 'request failed', error: 'RangeError' }]);
  expect(JSON.stringify(platform.logged)).not.toContain('cus_81');
});

test('while the instance ends: new requests 503, those in hand are finished first, given-up ones as well', async () => {
  const timer = manualTimer();
  const platform = trialPlatform({ setTimer: timer.setTimer, give_up_after: 1_000 });
  const { work, open } = heldWork();
  served = await serveInFramework(serve(platform, work));
  const [given_up, in_time] = [served.call(), served.call()];
  await expect.poll(() => open.length).toBe(2);
  let finished = false;
  const finish = platform.inHand.finish().then(() => (finished = true));
  expect((await served.call()).status).toBe(503);
  expect(open).toHaveLength(2);
  open[1].resolve(DONE);
  expect((await in_time).status).toBe(204);
  await timer.advance(1_000);
  expect((await given_up).status).toBe(503);
  expect(finished).toBe(false);
  open[0].resolve(DONE);
  await finish;
  expect(finished).toBe(true);
});

test('a caller that went away harms nobody', async () => {
  const platform = trialPlatform();
  const { work, open } = heldWork();
  served = await serveInFramework(serve(platform, work));
  const reply = served.call().catch((error: Error) => error);
  await expect.poll(() => open.length).toBe(1);
  await served.close(); // breaks the connection
  expect(await reply).toBeInstanceOf(Error);
  open[0].resolve(DONE);
  await platform.inHand.finish();
  expect(platform.logged).toEqual([]);
});

test('lines stand under the trace of their request', async () => {
  const platform = trialPlatform();
  served = await serveInFramework(serve(platform, async (_request, log) => (log.write('NOTICE', 'seen'), DONE)));
  await served.call({ headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' } });
  expect(platform.logged).toMatchObject([{ 'logging.googleapis.com/trace': 'projects/trial/traces/0af7651916cd43dd8448eb211c80319c', 'logging.googleapis.com/spanId': 'b7ad6b7169203331' }]);
});

test('lines of one kind are limited over all requests of an instance; each says how many were left out before it', async () => {
  const platform = trialPlatform();
  served = await serveInFramework(serve(platform, async (_request, log) => (log.write('WARNING', 'store failed', { code: 14 }), DONE)));
  for (let request = 0; request < LINES_PER_WINDOW + 4; request++) await served.call();
  expect(platform.logged).toHaveLength(LINES_PER_WINDOW);
  platform.clock.now_is += WINDOW;
  await served.call();
  expect(platform.logged.slice(LINES_PER_WINDOW)).toMatchObject([{ message: 'store failed', lines_left_out: 4 }]);
});

test('so are those of the door, which strangers cause', async () => {
  const refusing = trialPlatform({ door: async (_request, log) => (log.write('WARNING', 'call refused', { code: 'refused' }), { status: 401 }) });
  served = await serveInFramework(serve(refusing, () => Promise.resolve(DONE)));
  for (let request = 0; request < LINES_PER_WINDOW + 4; request++) expect((await served.call()).status).toBe(401);
  expect(refusing.logged).toHaveLength(LINES_PER_WINDOW);
});

test('a body that says it is JSON and is none is refused by the framework, before us: Pub/Sub sends none', async () => {
  served = await serveInFramework(serve(trialPlatform(), () => Promise.resolve(DONE)));
  expect((await served.call({ body: 'nonsense' })).status).toBe(400);
  expect((await served.call({ body: 'nonsense', headers: { 'content-type': 'text/plain' } })).status).toBe(204);
});

test.each([[60, 55_000], [600, 595_000], [20, 15_000], [10, 7_500], [5, 3_750]])('of %i s given by the platform we use %i ms', (seconds, milliseconds) =>
  expect(giveUpAfter(seconds * MICROS_PER_SECOND)).toBe(milliseconds));
