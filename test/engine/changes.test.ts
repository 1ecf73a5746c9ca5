import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { plan } from './plan.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
let deployed: () => void;

beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.must('dev', 'stack', 'init');
  await workspace.must('dev', 'up', '--yes', '--skip-preview');
  deployed = workspace.remember();
});
afterAll(() => workspace?.close());
beforeEach(() => deployed());

const MAKES_CLAIMS = 'has projects/my-payments-dev/roles/paymentsMakeClaims on project where claims_database';
const CHANGES: [string, string, string[]][] = [
  ['payments:delivery_attempts', '30', ['payments-archive', 'payments-process', 'payments-redrive-process'].map((name) => `update Subscription ${name}: deadLetterPolicy.maxDeliveryAttempts`)],
  ['payments:message_retention', '10d', [
    ...['payments-archive', 'payments-process', 'payments-redrive-process'].map((name) => `update Subscription ${name}: messageRetentionDuration`),
    'update Topic payments: messageRetentionDuration',
  ]],
  ['payments:min_instances', '2', ['update Function process-payment: serviceConfig.minInstanceCount']],
  // What can't be changed where it is, is made anew.
  ['payments:claims_database', 'payments-claims-2', [
    'replace Database claims: name', 'replace Field claims-end: database', 'replace Field claims-unindexed: database',
    ...['payment', 'redrive'].map((name) => `replace IAMMember serviceAccount:payments-process-${name}@my-payments-dev.iam.gserviceaccount.com ${MAKES_CLAIMS}: condition.expression`),
    'update AlertPolicy claims-slow: conditions[0].conditionThreshold.filter',
    ...['payment', 'redrive'].map((name) => `update Function process-${name}: serviceConfig.environmentVariables.PAYMENTS_CLAIMS_DATABASE`),
  ]],
];

test.each(CHANGES)('another %s, %s, shows exactly what it changes', async (key, value, changes) => {
  await workspace.must('dev', 'config', 'set', key, value);
  expect(await plan(workspace, 'dev')).toEqual(changes);
});

test('an up with a changed setting updates exactly that, and a second one nothing', async () => {
  const { google } = workspace;
  await workspace.must('dev', 'config', 'set', 'payments:message_retention', '10d');
  await workspace.must('dev', 'up', '--yes', '--skip-preview');
  expect(google.calls('update').sort()).toEqual(['Subscription payments-archive', 'Subscription payments-process', 'Subscription payments-redrive-process', 'Topic payments']);
  for (const verb of ['create', 'delete'] as const) expect(google.calls(verb)).toEqual([]);
  expect(google.state('gcp:pubsub/topic:Topic', 'projects/my-payments-dev/topics/payments')).toMatchObject({ messageRetentionDuration: `${10 * 86_400}s` });
  await workspace.must('dev', 'up', '--yes', '--skip-preview', '--expect-no-changes');
});

test('a changed package deploys its function and no other', async () => {
  const code = join(workspace.folder, 'dist/functions/reconcile/index.mjs');
  const before = readFileSync(code);
  onTestFinished(() => writeFileSync(code, before));
  appendFileSync(code, '\n// changed\n');
  expect(await plan(workspace, 'dev')).toEqual(['update BucketObject reconcile: source', 'update Function reconcile: buildConfig.source.storageSource.generation']);
  await workspace.must('dev', 'up', '--yes', '--skip-preview');
  expect(workspace.google.calls('update')).toEqual(['BucketObject reconcile', 'Function reconcile']);
  for (const verb of ['create', 'delete'] as const) expect(workspace.google.calls(verb)).toEqual([]);
});
