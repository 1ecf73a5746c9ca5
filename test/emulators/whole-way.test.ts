import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FunctionName } from '../../functions/deployed/function-variables.ts';
import { listSqlFiles } from '../../functions/adapters/sql-text.ts';
import { observe } from '../../functions/local/observed.ts';
import { runChecks } from '../../functions/reconciliation/checks.ts';
import type { Observed } from '../../functions/simulator/judge.ts';
import { judge } from '../../functions/simulator/judge.ts';
import { calledBy } from '../../infra/function-list.ts';
import { type SchedulerStandIn, schedulerStandIn } from '../support/scheduler-stand-in.ts';
import { type StorageStandIn, storageStandIn } from '../support/storage-stand-in.ts';
import { type BigqueryStore, bigqueryStore } from './bigquery-store.ts';
import type { RunningProcess } from './running-process.ts';
import { pullIntoArchive } from './whole-way/archive-puller.ts';
import { CALLER, type Front, openFront } from './whole-way/front.ts';
import { type PubsubInTest, pubsubInTest } from './whole-way/pubsub-in-test.ts';
import { runFunction } from './whole-way/running-function.ts';
import { simulatedTraffic, type ToPublish, type Traffic } from './whole-way/traffic.ts';

const SEED = Number(process.env.TEST_SEED ?? 7);
const PAYMENTS = Number(process.env.TEST_PAYMENTS ?? 400);
const MINUTES = 60_000;
const DAY = 24 * 60 * MINUTES;
/** Milliseconds after which a message without a line is missing: the least that may be set. */
const MISSING_AFTER = MINUTES;
/** A job that ran a minute ago, and runs again in four. */
const seconds = (from: number) => ({ seconds: Math.floor(Date.now() / 1_000) + from });
const JOB = { name: 'projects/test/locations/us-central1/jobs/post-ledger', schedule: '*/5 * * * *', timeZone: 'Etc/UTC', state: 'ENABLED' as const, lastAttemptTime: seconds(-60), scheduleTime: seconds(30 * 60), status: { code: 0 } };
/** Messages that are lost: answered as done, and never handed to a function. */
const LOST = 2;
/** Messages that no instance is ever given: Pub/Sub gives them up after some attempts. */
const POISONED = 3;

describe(`payments published to Pub/Sub, seed ${SEED}`, () => {
  let store: BigqueryStore;
  let front: Front;
  let storage: StorageStandIn;
  let scheduler: SchedulerStandIn;
  let publishedAt = 0;
  let pubsub: PubsubInTest;
  let traffic: Traffic;
  let environment: Record<string, string>;
  const running = new Map<FunctionName, RunningProcess[]>();
  /** Pub/Sub's id → the simulator's. */
  const simulatedIds = new Map<string, string>();
  let archive: ReturnType<typeof pullIntoArchive>;
  let deadLetters = 0;
  const lost = new Set<string>();

  const start = async (name: FunctionName) => {
    const one = await runFunction(name, { ...environment, PAYMENTS_AUDIENCE: front.url(name), PAYMENTS_REQUEST_TIMEOUT: calledBy(name) === 'push' ? '60s' : '30m' });
    running.set(name, [...(running.get(name) ?? []), one]);
    front.instances.set(name, [...(front.instances.get(name) ?? []), one.port]);
  };
  const end = async (name: FunctionName, signal: 'SIGKILL' | 'SIGTERM') => {
    const [first, ...rest] = running.get(name)!;
    running.set(name, rest);
    await first.end(signal); // requests still go there while it goes: they must come again
    front.instances.set(name, front.instances.get(name)!.filter((port) => port !== first.port));
  };
  const call = async (name: FunctionName, query = '') => {
    const answer = await fetch(`${front.url(name)}${query}`, { method: 'POST', headers: { 'x-cloudscheduler-jobname': name, 'x-cloudscheduler-scheduletime': new Date().toISOString() } });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  /** Waits until every message published so far has a line, its own or its dead letter's. */
  async function untilJournaled(): Promise<void> {
    for (const until = Date.now() + 4 * MINUTES; Date.now() < until; await wait(500)) {
      const lines = await store.rows('SELECT message_id, outcome, TO_HEX(data_sha256) AS sha256 FROM {dataset}.payment_journal');
      const own = new Set(lines.map((line) => String(line.message_id)).filter((id) => simulatedIds.has(id)));
      deadLetters = new Set(lines.filter((line) => !simulatedIds.has(String(line.message_id))).map((line) => line.sha256)).size;
      const expected = [...simulatedIds.values()].filter((id) => !lost.has(id)).length;
      if (own.size + deadLetters >= expected) return;
    }
    throw new Error(`not everything came: ${JSON.stringify([...front.answers])}\n${[...running.values()].flat().map(({ output }) => output().slice(-2_000)).join('\n')}`);
  }

  async function publish(wave: readonly ToPublish[]): Promise<void> {
    const ids = await pubsub.publish(wave);
    ids.forEach((id, index) => simulatedIds.set(id, wave[index].simulated_id));
  }

  beforeAll(async () => {
    const yesterday = new Date(Date.now() - DAY).toISOString().slice(0, 10);
    [store, front, storage, scheduler, traffic] = await Promise.all([bigqueryStore(), openFront(), storageStandIn(), schedulerStandIn([JOB]), simulatedTraffic(PAYMENTS, SEED, `${yesterday}T00:00:00Z`)]);
    pubsub = await pubsubInTest(front.url);
    archive = pullIntoArchive(pubsub.client.subscription(pubsub.names.archive), store);
    environment = {
      PAYMENTS_PROJECT: store.place.project, PAYMENTS_LOCATION: 'US', PAYMENTS_DATASET: store.place.dataset, PAYMENTS_SCRATCH_DATASET: store.place.scratch_dataset,
      PAYMENTS_CLAIMS_COLLECTION: `claims-${randomUUID()}`, PAYMENTS_SUBSCRIPTION: pubsub.names.payments, PAYMENTS_REDRIVE_SUBSCRIPTION: pubsub.names.redrive,
      PAYMENTS_DEAD_LETTER_SUBSCRIPTION: pubsub.names.dead_letter, PAYMENTS_ARCHIVE_SUBSCRIPTION: pubsub.names.archive, PAYMENTS_REDRIVE_TOPIC: pubsub.names.redrive_topic,
      PAYMENTS_JOBS: 'post-ledger', PAYMENTS_JOBS_LOCATION: 'us-central1', PAYMENTS_MONITORING_URL: front.monitoringUrl, PAYMENTS_SCHEDULER_URL: `http://127.0.0.1:${scheduler.port}`,
      PAYMENTS_REPORTS_BUCKET: 'payments-reports', STORAGE_EMULATOR_HOST: storage.endpoint, PAYMENTS_MISSING_AFTER: `${MISSING_AFTER / 1_000}s`, PAYMENTS_CALLER: CALLER, PAYMENTS_TOKEN_KEYS_URL: front.keysUrl, PAYMENTS_SETTLE: '0s', PAYMENTS_WATERMARK: watermark(yesterday),
    };
    for (const name of ['processPayment', 'processPayment', 'processRedrive', 'keepDeadLetter', 'postLedger', 'sweepLate', 'reconcile', 'publishReport'] as const) await start(name);
    for (const { data } of traffic.waves[0].slice(0, POISONED)) front.poison.add(data.toString('base64'));
    for (const { data, simulated_id } of singles(traffic).slice(-LOST)) {
      front.swallowed.add(data.toString('base64'));
      lost.add(simulated_id);
    }
    for (const [number, wave] of traffic.waves.entries()) {
      const published = publish(wave);
      if (number === 0) await troubles();
      await published;
      publishedAt = Date.now();
      await untilJournaled();
    }
  }, 10 * MINUTES);

  /** Kills instances while messages are on their way, and starts others. */
  async function troubles(): Promise<void> {
    for (const signal of ['SIGKILL', 'SIGTERM', 'SIGKILL'] as const) {
      await wait(400);
      await end('processPayment', signal);
      await start('processPayment');
    }
  }

  afterAll(async () => {
    await archive?.close();
    for (const one of [...running.values()].flat()) await one.end('SIGKILL');
    await pubsub?.close();
    await front?.close();
    storage?.close();
    scheduler?.close();
  });

  test('the faults happened: instances were killed, messages were poisoned, and came by the dead-letter topic', () => {
    expect(front.answers.get('processPayment 503') ?? 0).toBeGreaterThan(POISONED);
    expect(deadLetters).toBeGreaterThanOrEqual(POISONED);
    expect(traffic.waves.length).toBeGreaterThan(1);
  });

  test('every outcome happened', async () => {
    const outcomes = await store.rows('SELECT DISTINCT outcome FROM {dataset}.payment_journal');
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['conflict', 'dead_lettered', 'duplicate', 'late', 'recorded', 'rejected']);
  });

  test('two postings at once, and one again, post each payment once', async () => {
    const answers = await Promise.all([call('postLedger'), call('postLedger')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await call('postLedger')).body).toMatchObject({ rows_posted: 0 });
    expect((await call('sweepLate')).body).toMatchObject({ rows_posted: 0 });
    const [{ rows, identities }] = await store.rows('SELECT COUNT(*) AS rows, COUNT(DISTINCT transaction_id) AS identities FROM {dataset}.payment_transactions');
    expect(rows).toBe(identities);
    expect(rows).toBe(BigInt(traffic.key.posted.count - LOST));
  });

  test('where nobody knows what waits, a reconciliation is carried out, and is incomplete', async () => {
    const { status, body } = await call('reconcile');
    expect([status, body.verdict, body.published_again]).toEqual([200, 'incomplete', 0]);
    expect(body.reason).toMatch(/Cloud Monitoring has no figure of the last minutes/);
  });

  test('what was lost is found missing, published again as it was, and posted; then the books are reconciled', async () => {
    front.sayThatNothingWaits();
    await wait(Math.max(0, publishedAt + MISSING_AFTER - Date.now()));
    expect((await call('reconcile')).body).toMatchObject({ verdict: 'breaks', errors: LOST, messages: { missing: LOST }, published_again: LOST });
    for (const until = Date.now() + 2 * MINUTES; Date.now() < until; await wait(500)) {
      const [{ lines }] = await store.rows(`SELECT COUNT(DISTINCT message_id) AS lines FROM {dataset}.payment_journal WHERE source = '${pubsub.names.redrive}'`);
      if (lines === BigInt(LOST)) break;
    }
    expect((await call('sweepLate')).body).toMatchObject({ rows_posted: LOST });
    expect((await call('reconcile')).body).toMatchObject({ verdict: 'reconciled', errors: 0, messages: { missing: 0, pending: 0 }, published_again: 0 });
  });

  test('the report of the day is published, and says so', async () => {
    const { status, body } = await call('publishReport', `?date=${String((await store.rows('SELECT MAX(booking_date) AS day FROM {dataset}.posting_head'))[0].day)}`);
    expect([status, body.verdict]).toEqual([200, 'reconciled']);
    expect([...storage.objects.keys()].map((name) => name.split('.').at(-1)).sort()).toEqual(['csv', 'html', 'json']);
    const [[, json]] = [...storage.objects].filter(([name]) => name.endsWith('.json'));
    expect(JSON.parse(json.content.toString())).toMatchObject({ verdict: { verdict: 'reconciled' } });
  });

  test('the raw archive holds every message', () => expect(archive.archived.size).toBe(simulatedIds.size));

  test('every fact of the answer key holds', async () => {
    const observed = await observe(store.books());
    const findings = judge(traffic.key, withSimulatedIds(observed, simulatedIds));
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(findings.length).toBeGreaterThan(20);
  });

  test('every check on the books holds', async () => {
    const checks = await runChecks(store.books(), listSqlFiles('checks'), { now: { timestamp: Date.now() * 1_000 }, transaction_id_is_identity: true });
    expect(checks.filter(({ rows_found }) => rows_found > 0)).toEqual([]);
  });
});

/** Messages of the first wave of which there is no copy, and which hold a payment. */
function singles({ waves, key }: Traffic): readonly ToPublish[] {
  const ids = (wave: readonly ToPublish[]) => wave.map(({ data }) => /"transaction_id"\s*:\s*"([^"]*)"/.exec(data.toString())?.[1]);
  const copied = new Set(waves.slice(1).flatMap(ids));
  const rejected = new Set(key.message_ids.rejected);
  return waves[0].filter((one, index) => !rejected.has(one.simulated_id) && !copied.has(ids(waves[0])[index]));
}

/** Such that what happened in the first half of the day is late, and the rest is not. */
function watermark(day: string): string {
  return `${Math.round((Date.now() - Date.parse(`${day}T12:00:00Z`)) / (60 * MINUTES))}h`;
}

/** The ids of the messages as the answer key has them. */
function withSimulatedIds(observed: Observed, ids: ReadonlyMap<string, string>): Observed {
  const message_ids = Object.fromEntries(Object.entries(observed.message_ids).map(([disposition, found]) => [disposition, found.map((id) => ids.get(id) ?? id)]));
  return { ...observed, message_ids: message_ids as Observed['message_ids'] };
}
