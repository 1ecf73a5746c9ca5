import { randomUUID } from 'node:crypto';
import { PubSub, type Subscription } from '@google-cloud/pubsub';
import { bigqueryCall, bigqueryClient } from '../../../functions/adapters/google/bigquery-client.ts';
import { readResults, runQueryJob } from '../../../functions/adapters/google/bigquery-job.ts';
import { schemaStatements } from '../../../functions/adapters/google/bigquery-schema.ts';
import { fromResultRows } from '../../../functions/adapters/google/bigquery-values.ts';
import type { FunctionName } from '../../../functions/deployed/function-variables.ts';
import type { SqlRow } from '../../../functions/ports.ts';
import { DATASETS, JOBS, SUBSCRIPTIONS, subscriptionPath, TOPICS, topicPath } from '../../../infra/names.ts';
import { pullIntoArchive } from '../whole-way/archive-puller.ts';
import { CALLER, type Front, openFront } from '../whole-way/front.ts';
import type { RunningProcess } from '../running-process.ts';
import { runFunction } from '../whole-way/running-function.ts';
import { type SchedulerThatRuns, schedulerThatRuns } from './scheduler-that-runs.ts';

const REGION = 'europe-west1';
const LOCATION = 'EU';

/** A stack as it is deployed, under its own names, in a project of its own of the emulators; the functions run under the framework. */
export interface DeployedStack {
  readonly project: string;
  readonly front: Front;
  readonly scheduler: SchedulerThatRuns;
  /** Any one statement on the books; their tables are named in full by `{books}.`. */
  statement(sql: string): Promise<SqlRow[]>;
  /** The raw archive is written from here on. */
  archiveStarts(): void;
  /** It is written no more. */
  archiveStops(): Promise<void>;
  close(): Promise<void>;
}

export async function deployedStack(): Promise<DeployedStack> {
  if (!process.env.PUBSUB_EMULATOR_HOST || !process.env.BIGQUERY_EMULATOR_HOST) throw new Error('No emulators: run `npm run test:emulators`');
  const project = `smoke-${randomUUID().slice(0, 12)}`;
  const front = await openFront();
  front.sayThatNothingWaits();
  const [books, scheduler, pubsub] = await Promise.all([makeBooks(project), schedulerThatRuns(project, REGION, front.url), makeSubscriptions(project, front.url)]);
  const functions: RunningProcess[] = [];
  for (const name of ['processPayment', 'postLedger', 'postLedger', 'sweepLate', 'reconcile'] as const) {
    const one = await runFunction(name, environmentOf(project, front, scheduler, name));
    functions.push(one);
    front.instances.set(name, [...(front.instances.get(name) ?? []), one.port]);
  }
  let archive: ReturnType<typeof pullIntoArchive> | null = null;
  const archiveStops = async () => {
    await archive?.close();
    archive = null;
  };
  return {
    project,
    front,
    scheduler,
    statement: books.statement,
    // A subscription object that was closed takes no more messages.
    archiveStarts: () => void (archive = pullIntoArchive(pubsub.client.subscription(pubsub.archive.name), books.archive)),
    archiveStops,
    async close() {
      await archiveStops();
      for (const one of functions) await one.end('SIGKILL');
      for (const subscription of pubsub.pushed) await subscription.delete();
      await pubsub.client.close();
      await front.close();
      scheduler.close();
    },
  };
}

/** As infra/environment.ts has it, with stand-ins where there is no emulator. */
function environmentOf(project: string, front: Front, scheduler: SchedulerThatRuns, name: FunctionName): Record<string, string> {
  const subscription = (one: keyof typeof SUBSCRIPTIONS) => subscriptionPath(SUBSCRIPTIONS[one], project);
  return {
    PAYMENTS_PROJECT: project, PAYMENTS_LOCATION: LOCATION, PAYMENTS_DATASET: DATASETS.payments, PAYMENTS_SCRATCH_DATASET: DATASETS.scratch,
    PAYMENTS_SUBSCRIPTION: subscription('process'), PAYMENTS_REDRIVE_SUBSCRIPTION: subscription('redrive'), PAYMENTS_DEAD_LETTER_SUBSCRIPTION: subscription('keep'), PAYMENTS_ARCHIVE_SUBSCRIPTION: subscription('archive'),
    PAYMENTS_REDRIVE_TOPIC: topicPath(TOPICS.redrive, project), PAYMENTS_JOBS: `${JOBS.post},${JOBS.sweep}`, PAYMENTS_JOBS_LOCATION: REGION, PAYMENTS_MONITORING_URL: front.monitoringUrl, PAYMENTS_SCHEDULER_URL: `http://127.0.0.1:${scheduler.port}`,
    PAYMENTS_CALLER: CALLER, PAYMENTS_TOKEN_KEYS_URL: front.keysUrl, PAYMENTS_AUDIENCE: front.url(name), PAYMENTS_SETTLE: '0s', PAYMENTS_REQUEST_TIMEOUT: name === 'processPayment' ? '60s' : '30m',
  };
}

async function makeBooks(project: string) {
  const client = bigqueryClient({ project, location: LOCATION });
  const place = { project, dataset: DATASETS.payments, scratch_dataset: DATASETS.scratch };
  let jobs = 0;
  const statement = async (sql: string): Promise<SqlRow[]> => {
    const id = `setup_${++jobs}`;
    await runQueryJob(client, LOCATION, { id, sql: sql.replaceAll('{books}', `\`${project}\`.\`${DATASETS.payments}\``), parameters: [], is_script: false, bytes_limit: null, labels: {} });
    if (!sql.startsWith('SELECT')) return [];
    const { fields, rows } = await readResults(client, LOCATION, id);
    return fromResultRows(fields, rows);
  };
  for (const name of [place.dataset, place.scratch_dataset]) await client.createDataset(name, { location: LOCATION });
  for (const sql of schemaStatements(place)) await statement(sql);
  const insert = (table: string, rows: readonly object[]) => bigqueryCall(client, { method: 'POST', uri: `/datasets/${place.dataset}/tables/${table}/insertAll`, json: { rows: rows.map((json) => ({ json })) } });
  return { statement, archive: { insert: async (table: string, rows: readonly object[]) => void (await insert(table, rows)) } };
}

/** Topics and subscriptions with the settings of infra/, as far as the emulator keeps them. */
async function makeSubscriptions(project: string, url: (name: FunctionName) => string) {
  const client = new PubSub({ projectId: project });
  await client.createTopic({ name: TOPICS.payments, messageRetentionDuration: { seconds: 604_800 }, messageStoragePolicy: { allowedPersistenceRegions: [REGION] } });
  for (const name of [TOPICS.redrive, TOPICS.dead_letters, TOPICS.archive_dead_letters]) await client.createTopic(name);
  const pushed: Subscription[] = [];
  const subscription = async (name: keyof typeof SUBSCRIPTIONS, topic: keyof typeof TOPICS, called: FunctionName | null, dead_letters: keyof typeof TOPICS | null) => {
    const [made] = await client.topic(TOPICS[topic]).createSubscription(SUBSCRIPTIONS[name], {
      ackDeadlineSeconds: 90, expirationPolicy: {}, retryPolicy: { minimumBackoff: { seconds: 1 }, maximumBackoff: { seconds: 600 } },
      ...(called ? { pushConfig: { pushEndpoint: url(called), oidcToken: { serviceAccountEmail: CALLER, audience: url(called) } } } : {}),
      ...(dead_letters ? { deadLetterPolicy: { deadLetterTopic: topicPath(TOPICS[dead_letters], project), maxDeliveryAttempts: 100 } } : {}),
    });
    if (called) pushed.push(made);
    return made;
  };
  await subscription('parked', 'dead_letters', null, null);
  await subscription('archive_parked', 'archive_dead_letters', null, null);
  await subscription('keep', 'dead_letters', 'keepDeadLetter', null);
  await subscription('process', 'payments', 'processPayment', 'dead_letters');
  await subscription('redrive', 'redrive', 'processRedrive', 'dead_letters');
  const archive = await subscription('archive', 'payments', null, 'archive_dead_letters');
  return { client, pushed, archive };
}
