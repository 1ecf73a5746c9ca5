import { createServer, type AddressInfo } from 'node:net';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, onTestFinished, test, vi } from 'vitest';
import { askEngine } from '../../../engines/check-http.ts';
import { type Engine, MissingEngine } from '../../../engines/engine.ts';
import { startEngines } from '../../../engines/supervisor.ts';
import { fakeEngine, pidOf, runs } from './fake-engine.ts';

const never = new AbortController().signal;
const quiet = () => {};
const leftBehind = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`payments-emulators-${process.pid}-`));

async function start(engines: readonly Engine[], signal = never) {
  const running = await startEngines(engines, quiet, signal);
  onTestFinished(() => running.stop());
  return running;
}

test('each engine gets a port of its own and gives its variables; stopped, nothing is left', async () => {
  const closed = vi.fn(async () => {});
  const beside = fakeEngine('firestore', 'well', { open: async ([port]) => ({ variables: { FIRESTORE_PORT: String(port) }, close: closed }) });
  const { variables, stop } = await start([fakeEngine('pubsub', 'well'), beside]);
  expect(variables).toMatchObject({ METADATA_SERVER_DETECTION: 'none', GOOGLE_CLOUD_PROJECT: 'test' });
  expect(variables.PUBSUB_PORT).not.toBe(variables.FIRESTORE_PORT);
  const pids = await Promise.all([pidOf(variables.PUBSUB_PORT), pidOf(variables.FIRESTORE_PORT)]);
  expect(pids.map(runs)).toEqual([true, true]);
  await stop();
  expect(pids.map(runs)).toEqual([false, false]);
  expect(closed).toHaveBeenCalledOnce();
  expect(leftBehind()).toEqual([]);
});

test('an engine that ignores the request to stop is killed', async () => {
  const { variables, stop } = await start([fakeEngine('pubsub', 'deaf')]);
  const pid = await pidOf(variables.PUBSUB_PORT);
  await stop();
  await expect.poll(() => runs(pid)).toBe(false); // killed, and gone a moment later
});

test('an engine that dies at its start is named with the end of its log, and the others are stopped', async () => {
  let port = '';
  const other = fakeEngine('pubsub', 'well', { open: async ([given]) => ({ variables: { PORT: (port = String(given)) }, close: async () => {} }) });
  await expect(start([other, fakeEngine('firestore', 'dies')])).rejects.toThrow(/^firestore ended with 3\. Its log ends with:\nfirst\nno memory left$/);
  await expect(pidOf(port)).rejects.toThrow();
  expect(leftBehind()).toEqual([]);
});

test('an engine that dies later is told, and one that is stopped is not', async () => {
  const { variables, died } = await start([fakeEngine('pubsub', 'well'), fakeEngine('firestore', 'well')]);
  await askEngine(Number(variables.FIRESTORE_PORT), '/die').catch(() => {});
  expect(await died).toMatch(/^firestore ended with 4\./);

  const second = await start([fakeEngine('pubsub', 'well')]);
  await second.stop();
  expect(await Promise.race([second.died, Promise.resolve('nothing')])).toBe('nothing');
});

test('an engine is ready only once it does real work', async () => {
  let looks = 0;
  const slow = fakeEngine('pubsub', 'well', {
    check: async () => {
      if (++looks < 3) throw new Error('not yet');
    },
  });
  await start([slow]);
  expect(looks).toBe(3);
});

test('a port that someone took in between is given up for another', async () => {
  const someone = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => someone.once('listening', resolve));
  onTestFinished(() => void someone.close());
  const taken = (someone.address() as AddressInfo).port;
  const { command, ...rest } = await fakeEngine('pubsub', 'well').find(quiet);
  let starts = 0;
  const unlucky: Engine = {
    name: 'pubsub',
    ports: 1,
    find: async () => ({ ...rest, command: ([port]) => command([++starts === 1 ? taken : port]), check: async ([port]) => void (await askEngine(port, '/')) }),
  };
  const { variables } = await start([unlucky]);
  expect([starts, Number(variables.PUBSUB_PORT) === taken]).toEqual([2, false]);
});

test('what is missing is told before anything is started', async () => {
  let started = false;
  const one = fakeEngine('pubsub', 'well', { command: () => ((started = true), ['sleep', '1']) });
  const missing: Engine = { name: 'bigquery', ports: 1, find: () => Promise.reject(new MissingEngine('bigquery', 'no Python', 'get one')) };
  await expect(start([one, missing])).rejects.toThrow('no Python');
  expect(started).toBe(false);
});

test('told to stop while it starts, it stops what it has started', async () => {
  const abort = new AbortController();
  const closed = vi.fn(async () => {});
  const ready = fakeEngine('pubsub', 'well', { open: async () => ({ variables: {}, close: closed }) });
  const unready = fakeEngine('firestore', 'well', {
    check: async () => {
      if (!closed.mock.calls.length) abort.abort();
      throw new Error('not yet');
    },
  });
  await expect(start([ready, unready], abort.signal)).rejects.toThrow('stopped while starting');
  expect(leftBehind()).toEqual([]);
});
