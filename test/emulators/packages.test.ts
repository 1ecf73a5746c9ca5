import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Configuration } from '../../functions/deployed/configuration.ts';
import { FUNCTION_NAMES, type FunctionName } from '../../functions/deployed/function-variables.ts';
import { kebab } from '../../infra/names.ts';
import { buildFunctions } from '../../infra/package/build.ts';
import { type SchedulerStandIn, schedulerStandIn } from '../support/scheduler-stand-in.ts';
import { pushBody } from '../support/served-function.ts';
import { type StorageStandIn, storageStandIn } from '../support/storage-stand-in.ts';
import { sharedDirectory } from '../support/temporary-directory.ts';
import { type BigqueryStore, bigqueryStore } from './bigquery-store.ts';
import { bareEnvironment } from './packages/bare-environment.ts';
import { figuresOf } from './packages/figures.ts';
import { heldKeys } from './packages/held-keys.ts';
import { installedVersion, installPackage } from './packages/installed-package.ts';
import { type RedriveTopic, redriveTopic } from './packages/redrive-topic.ts';
import { type RunningProcess, runProcess } from './running-process.ts';
import { CALLER, type Front, openFront } from './whole-way/front.ts';

const ROOT = join(import.meta.dirname, '../..');
const MINUTES = 60_000;
const FRAMEWORK = '@google-cloud/functions-framework';
/** What package.json pins. */
const { [FRAMEWORK]: PINNED } = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }).dependencies;
/** As the buildpack starts a function whose package asks for the framework. */
const START = ['/bin/bash', '-c', 'node_modules/.bin/functions-framework'] as const;
const SUBSCRIPTIONS = {
  processPayment: 'projects/test/subscriptions/payments',
  processRedrive: 'projects/test/subscriptions/redrive',
  keepDeadLetter: 'projects/test/subscriptions/dead-letters',
} as const;
const ARCHIVE = 'projects/test/subscriptions/archive';
const JOB = {
  name: 'projects/test/locations/us-central1/jobs/post-ledger', schedule: '*/5 * * * *', timeZone: 'Etc/UTC', state: 'ENABLED' as const,
  lastAttemptTime: secondsFromNow(-60), scheduleTime: secondsFromNow(1_800), status: { code: 0 },
};
/** A message that no function was ever given. */
const LOST = { message_id: 'lost-1', data: payment('lost').toString('base64') };

describe('each function, built, installed and started from an emptied folder', () => {
  const [built, folders] = [sharedDirectory(), sharedDirectory()];
  const figures: string[] = [];
  let store: BigqueryStore;
  let front: Front;
  let storage: StorageStandIn;
  let scheduler: SchedulerStandIn;
  let topic: RedriveTopic;
  let configuration: { readonly [Key in keyof Configuration]?: string };
  let running: RunningProcess | undefined;

  /** A call as Pub/Sub or the scheduler would make it, its token included. */
  const call = async (name: FunctionName, body = '') => {
    const headers = body === '' ? { 'x-cloudscheduler-jobname': kebab(name), 'x-cloudscheduler-scheduletime': new Date().toISOString() } : { 'content-type': 'application/json' };
    const answer = await fetch(front.url(name), { method: 'POST', headers, body });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as Record<string, unknown> | null };
  };

  /** Pushes a payment as Pub/Sub does, and is told that its line is durable. */
  const push = async (name: keyof typeof SUBSCRIPTIONS, message_id: string, transaction_id: string, attributes = {}) => {
    const publishTime = new Date().toISOString();
    const body = pushBody(payment(transaction_id), { messageId: message_id, message_id, publishTime, publish_time: publishTime, attributes });
    expect(await call(name, body), running?.output()).toEqual({ status: 204, body: null });
  };
  const journaled = (message_id: string) => store.rows(`SELECT outcome, source, transaction_id FROM {dataset}.payment_journal WHERE message_id = '${message_id}'`);

  /** Starts what was installed, as the platform does. */
  const start = async (name: FunctionName, keys_url = front.keysUrl) => {
    const environment = { ...bareEnvironment(name, { ...configuration, token_keys_url: keys_url, audience: front.url(name) }), STORAGE_EMULATOR_HOST: storage.endpoint };
    running = await runProcess(START, { cwd: join(folders, kebab(name)), environment });
    front.instances.set(name, [running.port]);
    return running;
  };

  beforeAll(async () => {
    [store, front, storage, scheduler, topic] = await Promise.all([bigqueryStore(), openFront(), storageStandIn(), schedulerStandIn([JOB]), redriveTopic(), buildFunctions(built)]);
    front.sayThatNothingWaits();
    configuration = {
      project: store.place.project, location: 'US', dataset: store.place.dataset, scratch_dataset: store.place.scratch_dataset, claims_collection: `claims-${randomUUID()}`,
      subscription: SUBSCRIPTIONS.processPayment, redrive_subscription: SUBSCRIPTIONS.processRedrive, dead_letter_subscription: SUBSCRIPTIONS.keepDeadLetter,
      archive_subscription: ARCHIVE, redrive_topic: topic.name, reports_bucket: 'payments-reports', jobs: 'post-ledger', jobs_location: 'us-central1', caller: CALLER,
      monitoring_url: front.monitoringUrl, scheduler_url: `http://127.0.0.1:${scheduler.port}`,
      settle: '0s', missing_after: '1m',
    };
    await store.insert('raw_messages', [{ ...LOST, subscription_name: ARCHIVE, publish_time: new Date(Date.now() - 10 * MINUTES).toISOString(), attributes: '{}' }]);
  }, 5 * MINUTES);

  afterEach(() => running?.end('SIGKILL'));

  afterAll(async () => {
    await topic?.close();
    await front?.close();
    storage?.close();
    scheduler?.close();
    process.stdout.write(`${figures.join('\n')}\n`);
  });

  /** What each does with what it is given, and what its log must say at its end. The functions come in this order. */
  const WORK: Readonly<Record<FunctionName, () => Promise<object>>> = {
    async processPayment() {
      await push('processPayment', 'p-1', 'one');
      await push('processPayment', 'p-2', 'one');
      expect(await journaled('p-1')).toEqual([{ outcome: 'recorded', source: SUBSCRIPTIONS.processPayment, transaction_id: 'one' }]);
      expect(await journaled('p-2')).toMatchObject([{ outcome: 'duplicate' }]);
      return { message: 'messages journaled', recorded: 1, duplicate: 1, messages: 2 };
    },
    async processRedrive() {
      await push('processRedrive', 'r-1', 'two', { redrive_of: 'p-0' });
      expect(await journaled('p-0')).toEqual([{ outcome: 'recorded', source: SUBSCRIPTIONS.processRedrive, transaction_id: 'two' }]);
      return { message: 'messages journaled', recorded: 1, messages: 1 };
    },
    async keepDeadLetter() {
      await push('keepDeadLetter', 'd-1', 'three');
      expect(await journaled('d-1')).toEqual([{ outcome: 'dead_lettered', source: SUBSCRIPTIONS.keepDeadLetter, transaction_id: 'three' }]);
      return { message: 'messages journaled', dead_lettered: 1, messages: 1 };
    },
    async postLedger() {
      expect(await call('postLedger'), running!.output()).toMatchObject({ status: 200, body: { kind: 'post', posted: true } });
      const posted = await store.rows('SELECT transaction_id FROM {dataset}.payment_transactions ORDER BY transaction_id');
      expect(posted.map(({ transaction_id }) => transaction_id)).toEqual(['one', 'three', 'two']);
      return { message: 'posted', kind: 'post', rows_posted: 3 };
    },
    async sweepLate() {
      expect(await call('sweepLate'), running!.output()).toMatchObject({ status: 200, body: { kind: 'sweep', posted: true, rows_posted: 0 } });
      return { message: 'posted', kind: 'sweep', rows_posted: 0 };
    },
    async reconcile() {
      expect(await call('reconcile'), running!.output()).toMatchObject({ status: 200, body: { verdict: 'breaks', messages: { missing: 1 }, published_again: 1 } });
      expect(scheduler.calls).toContain('ListJobs projects/test/locations/us-central1');
      expect(await topic.next()).toMatchObject({ data: LOST.data, attributes: { redrive_of: LOST.message_id } });
      return { message: 'missing messages published again', messages: 1 };
    },
    async publishReport() {
      const [{ day }] = await store.rows('SELECT MAX(booking_date) AS day FROM {dataset}.posting_head');
      expect(await call('publishReport', JSON.stringify({ date: String(day) })), running!.output()).toMatchObject({ status: 200, body: { date: String(day) } });
      expect([...storage.objects.keys()].map((name) => name.split('.').at(-1)).sort()).toEqual(['csv', 'html', 'json']);
      return { message: 'report published', date: String(day) };
    },
  };

  test.each(FUNCTION_NAMES)('%s lets in who has a token, does its work, and ends when it is told to', async (name) => {
    const folder = join(folders, kebab(name));
    const before = performance.now();
    await installPackage(join(built, kebab(name)), folder);
    const installed_after = performance.now() - before;
    expect(installedVersion(folder, FRAMEWORK)).toBe(PINNED);
    const { output, end, ...instance } = await start(name);
    figures.push(`${kebab(name).padEnd(16)} ${await figuresOf(folder, installed_after, instance)}`);
    const without_token = await fetch(`http://127.0.0.1:${instance.port}/`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: pushBody(payment('nobody')) });
    expect(without_token.status, output()).toBe(401);
    const last_line = await WORK[name]();
    expect(await end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(linesOf(output())).toContainEqual(expect.objectContaining({ severity: 'NOTICE', message: 'instance ends' }));
    expect(linesOf(output())).toContainEqual(expect.objectContaining({ ...last_line, 'logging.googleapis.com/labels': { function: name, revision: `payments-${kebab(name)}-00001` } }));
  }, 5 * MINUTES);

  test('nothing was written for a call without a token', async () => {
    expect(await store.rows("SELECT message_id FROM {dataset}.payment_journal WHERE transaction_id = 'nobody'")).toEqual([]);
  });

  test('an instance that is told to end finishes what it has in hand', async () => {
    const keys = await heldKeys(front.keysUrl);
    const { output, end } = await start('processPayment', keys.url);
    const pushed = push('processPayment', 'p-3', 'four');
    await keys.asked;
    const ended = end('SIGTERM');
    await untilItSays(output, 'instance ends');
    keys.letGo();
    await pushed;
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(await journaled('p-3')).toMatchObject([{ outcome: 'recorded' }]);
    expect(linesOf(output())).toContainEqual(expect.objectContaining({ message: 'messages journaled', messages: 1 }));
    keys.close();
  });
});

/** A payment of just now, as producers publish it. */
function payment(transaction_id: string): Buffer {
  const who = { customer_id: 'cus_81', merchant_id: 'mer_3', payment_method: 'card', country: 'DE' };
  return Buffer.from(JSON.stringify({ schema_version: 1, transaction_id, event_time: new Date().toISOString(), kind: 'payment', amount: '10.50', currency: 'EUR', ...who }));
}

function secondsFromNow(seconds: number): { readonly seconds: number } {
  return { seconds: Math.floor(Date.now() / 1_000) + seconds };
}

/** The lines of a log that are JSON; the framework writes others. */
function linesOf(output: string): unknown[] {
  return output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as unknown);
}

/** Waits for a line of a log, for ten seconds at most. */
async function untilItSays(output: () => string, words: string): Promise<void> {
  for (let tries = 0; tries < 1_000 && !output().includes(words); tries++) await wait(10);
}
