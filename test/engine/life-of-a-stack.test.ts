import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { configurationIn, recordStack } from '../infra/recorded-stack.ts';
import { plan } from './plan.ts';
import { short } from './urn.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

const SUBSCRIPTION = 'gcp:pubsub/subscription:Subscription';
const ALERT = 'gcp:monitoring/alertPolicy:AlertPolicy';
/** As a run without the engine registers them: `Topic payments`. */
let wanted: string[];
let workspace: Workspace;
let fresh: () => void;
let deployed: () => void;

beforeAll(async () => {
  const { resources } = await recordStack(configurationIn('Pulumi.dev.yaml'));
  wanted = resources.filter(({ type }) => type.startsWith('gcp:')).map(short).sort();
  workspace = await openWorkspace();
  await workspace.must('dev', 'stack', 'init');
  fresh = workspace.remember();
  await workspace.must('dev', 'up', '--yes', '--skip-preview');
  deployed = workspace.remember();
});
afterAll(() => workspace?.close());
beforeEach(() => deployed());

test('a run without the engine registers resources to compare with', () => expect(wanted.length).toBeGreaterThan(150));

test('the entry point of Pulumi.yaml loads, and a preview of nothing shows every resource as to be created, and creates none', async () => {
  fresh();
  expect(await plan(workspace, 'dev')).toEqual(wanted.map((resource) => `create ${resource}`));
  expect(workspace.google.calls('create')).toEqual([]);
  expect(workspace.google.size).toBe(0);
});

test('the first up creates exactly these', async () => {
  fresh();
  await workspace.must('dev', 'up', '--yes', '--skip-preview');
  expect(workspace.google.calls('create').sort()).toEqual(wanted);
  for (const verb of ['update', 'delete'] as const) expect(workspace.google.calls(verb)).toEqual([]);
  expect(workspace.google.size).toBe(wanted.length);
});

test('nothing that is deployed has a path of this machine in it: another machine would find a difference', () => {
  const { checkpoint } = JSON.parse(workspace.state('dev')) as { checkpoint: { latest: { resources: { inputs?: unknown; outputs?: unknown }[] } } };
  const deployed = checkpoint.latest.resources.map(({ inputs, outputs }) => ({ inputs, outputs })); // Pulumi itself notes where in the source each was made
  expect(JSON.stringify(deployed)).toContain('../dist/functions/reconcile');
  expect(JSON.stringify(deployed)).not.toContain(workspace.folder);
});

test('a second preview shows nothing, and a second up changes nothing', async () => {
  expect(await plan(workspace, 'dev')).toEqual([]);
  await workspace.must('dev', 'up', '--yes', '--skip-preview', '--expect-no-changes');
  for (const verb of ['create', 'update', 'delete'] as const) expect(workspace.google.calls(verb)).toEqual([]);
});

test('a refresh asks for every resource and finds no change', async () => {
  await workspace.must('dev', 'refresh', '--yes', '--skip-preview', '--expect-no-changes');
  expect(workspace.google.calls('read').sort()).toEqual(wanted);
});

test('what is changed behind its back is found by a refresh, and the next up puts it back', async () => {
  const { google } = workspace;
  const retryPolicy = () => google.state(SUBSCRIPTION, 'payments-process-id').retryPolicy;
  const asWanted = retryPolicy();
  google.changeBehind(SUBSCRIPTION, 'payments-process-id', (state) => ({ ...state, retryPolicy: { minimumBackoff: '1s', maximumBackoff: '600s' } }));
  expect(await plan(workspace, 'dev')).toEqual([]); // unseen so far
  expect(await plan(workspace, 'dev', '--refresh')).toEqual(['update Subscription payments-process: retryPolicy.minimumBackoff']);
  await workspace.must('dev', 'refresh', '--yes', '--skip-preview');
  await workspace.must('dev', 'up', '--yes', '--skip-preview');
  expect(google.calls('update')).toEqual(['Subscription payments-process']);
  expect(retryPolicy()).toEqual(asWanted);
});

test('what is taken away behind its back is created again', async () => {
  const { google } = workspace;
  google.changeBehind(ALERT, 'errors-id', null);
  await workspace.must('dev', 'up', '--yes', '--skip-preview', '--refresh');
  expect(google.calls('create')).toEqual(['AlertPolicy errors']);
  for (const verb of ['update', 'delete'] as const) expect(google.calls(verb)).toEqual([]);
});

test('a destroy ends where Google refuses to delete something, and a second one takes away what is left', async () => {
  const { google } = workspace;
  const allow = google.refuseToDelete('gcp:cloudfunctionsv2/function:Function', 'payments-process-payment-id');
  const { code, said } = await workspace.pulumi('dev', 'destroy', '--yes', '--skip-preview');
  expect(said).toContain('409: Function process-payment is in use');
  expect(code).toBeGreaterThan(0);
  expect(google.size).toBeGreaterThan(0);
  expect(google.calls('delete')).not.toContain('Database claims'); // the function needs it
  allow();
  await workspace.must('dev', 'destroy', '--yes', '--skip-preview');
  expect(google.size).toBe(0);
});

test('destroy takes away all of it', async () => {
  await workspace.must('dev', 'destroy', '--yes');
  expect(workspace.google.calls('delete').sort()).toEqual(wanted);
  expect(workspace.google.size).toBe(0);
});
