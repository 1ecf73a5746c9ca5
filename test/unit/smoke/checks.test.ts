import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../../smoke/checks/all.ts';
import { askChecks } from '../../../smoke/checks/ask-checks.ts';
import { askedOf, type Json, PROJECT, rightProject, type TrialProject } from './right-project.ts';

const P = `projects/${PROJECT}`;
const PROCESS = `pubsub ${P}/subscriptions/payments-process`;
const ARCHIVE = `pubsub ${P}/subscriptions/payments-archive`;
const CLAIMS = `firestore ${P}/databases/payments-claims/collectionGroups/claims/fields`;
const POLICY = `projects ${P}:getIamPolicy`;
const BUCKET = `storage b/${PROJECT}-payments-reports`;
const SERVICE = `run ${P}/locations/europe-west1/services/payments-process-payment`;
const ask = (project: TrialProject, on_emulators = false) => askChecks(CHECKS, askedOf(project), on_emulators, () => undefined);

/** Sets, or with undefined takes away, what stands at a path of an answer. */
function put(key: string, path: string, value: Json | undefined): (project: TrialProject) => void {
  return ({ answers }) => {
    const names = path.split('.');
    const last = names.pop()!;
    let object = answers.get(key) as { [name: string]: Json };
    for (const name of names) object = object[name] as { [name: string]: Json };
    if (value === undefined) delete object[last];
    else object[last] = value;
  };
}

test('of a project as infra/ makes it every check is right, and none is skipped', async () => {
  const results = await ask(rightProject());
  expect(results.filter(({ result }) => result !== 'ok')).toEqual([]);
  expect(results.map(({ name }) => name)).toEqual(CHECKS.map(({ name }) => name));
});

/** One thing of the project is otherwise: the check that must see it, and what it says. */
const WRONG: readonly (readonly [check: string, name: string, change: (project: TrialProject) => void, says: RegExp])[] = [
  ['push-token', 'pushes to another address', put(PROCESS, 'pushConfig.pushEndpoint', 'https://evil.example'), /evil\.example is no address/],
  ['push-token', 'pushes nowhere', put(PROCESS, 'pushConfig', {}), /nowhere is no address/],
  ['push-token', 'no token', put(PROCESS, 'pushConfig.oidcToken', undefined), /the token is of nobody/],
  ['push-token', 'another audience', put(PROCESS, 'pushConfig.oidcToken.audience', 'https://other'), /made out to https:\/\/other/],
  ...[200, 204, 302, 400, 405, 500].map((status) => ['strangers-refused', `a stranger is answered ${status}`, (project: TrialProject) => void (project.stranger = status), new RegExp(`processPayment answers ${status}; .*publishReport answers ${status}`)] as const),
  ['dead-letter-grants', 'not for the topic', put(`pubsub ${P}/topics/payments-dead-letters:getIamPolicy`, 'bindings', []), /has not roles\/pubsub\.publisher on topics\/payments-dead-letters$/],
  ['dead-letter-grants', 'for another one', put(`pubsub ${P}/subscriptions/payments-archive:getIamPolicy`, 'bindings', [{ role: 'roles/pubsub.subscriber', members: ['user:a@example.com'] }]), /on subscriptions\/payments-archive$/],
  ['subscriptions', 'no growing waits', put(PROCESS, 'retryPolicy', undefined), /payments-process has no growing waits/],
  ['subscriptions', 'it expires', put(ARCHIVE, 'expirationPolicy', { ttl: '2678400s' }), /payments-archive expires when it is idle/],
  ['subscriptions', 'it expires by default', put(ARCHIVE, 'expirationPolicy', undefined), /payments-archive expires/],
  ['subscriptions', 'it never gives up', put(PROCESS, 'deadLetterPolicy', undefined), /payments-process does not give up to payments-dead-letters/],
  ['subscriptions', 'it gives up to another topic', put(PROCESS, 'deadLetterPolicy.deadLetterTopic', `${P}/topics/payments`), /does not give up to payments-dead-letters/],
  ['subscriptions', 'dead letters are given up', put(`pubsub ${P}/subscriptions/payments-dead-letters-keep`, 'deadLetterPolicy', { deadLetterTopic: 'x', maxDeliveryAttempts: 5 }), /keep gives up to x/],
  ['subscriptions', 'parked ones are pushed', put(`pubsub ${P}/subscriptions/payments-dead-letters-parked`, 'pushConfig', { pushEndpoint: 'https://x' }), /parked pushes/],
  ['subscriptions', 'there is none', ({ answers }) => void answers.delete(`pubsub ${P}/subscriptions/payments-redrive-process`), /could not be asked \(404/],
  ['archive-subscription', 'it has stopped', put(ARCHIVE, 'state', 'RESOURCE_ERROR'), /its state is RESOURCE_ERROR/],
  ['archive-subscription', 'it may not write', put(ARCHIVE, 'bigqueryConfig.state', 'PERMISSION_DENIED'), /writing to BigQuery is PERMISSION_DENIED/],
  ['archive-subscription', 'no ids and times', put(ARCHIVE, 'bigqueryConfig.writeMetadata', false), /writes no metadata/],
  ['topic-retention', 'nothing is kept', put(`pubsub ${P}/topics/payments`, 'messageRetentionDuration', undefined), /keeps them for 0 s/],
  ['topic-retention', 'ten minutes', put(`pubsub ${P}/topics/payments`, 'messageRetentionDuration', '600s'), /keeps them for 600 s/],
  ['claims-end', 'no policy', put(`${CLAIMS}/expires_at`, 'ttlConfig', undefined), /is absent/],
  ['claims-end', 'not yet', put(`${CLAIMS}/expires_at`, 'ttlConfig.state', 'CREATING'), /is CREATING/],
  ['claims-unindexed', 'the time is indexed', put(`${CLAIMS}/expires_at`, 'indexConfig.indexes', [{}]), /expires_at is indexed/],
  ['claims-unindexed', 'all are, as by default', put(`${CLAIMS}/*`, 'indexConfig', { usesAncestorConfig: true, indexes: [{}] }), /\* is indexed; \* has no setting of its own/],
  ['claims-access', 'another account', put(POLICY, 'bindings.1', { role: 'roles/datastore.user', members: ['serviceAccount:x@y'] }), /serviceAccount:x@y can/],
  ['claims-access', 'everybody', put(POLICY, 'bindings.1', { role: 'roles/datastore.viewer', members: ['allUsers'] }), /allUsers can/],
  ['claims-access', 'a function can\'t', put(POLICY, 'bindings.0.members', [`serviceAccount:payments-process-payment@${PROJECT}.iam.gserviceaccount.com`]), /payments-process-redrive@.* can't/],
  ['journal-stamps', 'a line without', (project) => void (project.stamps = { without_stamp: 1n, ahead: 0n }), /1 lines have no stamp/],
  ['journal-stamps', 'a line ahead', (project) => void (project.stamps = { without_stamp: 0n, ahead: 2n }), /2 are ahead/],
  ['views-planned', 'one is too much', (project) => void (project.refused = 'duplicate_payments'), /^duplicate_payments: Resources exceeded/],
  ['job-id-once', 'it serves twice', (project) => void (project.second_job = 200), /answered 200/],
  ['finance-views', 'there are none', put(`bigquery ${P}/datasets/payments_finance/tables?maxResults=1000`, 'tables', undefined), /payments_finance is empty/],
  ['finance-views', 'a payload shows', put(`bigquery ${P}/datasets/payments_finance/tables/rejected_messages`, 'schema.fields', [{ name: 'payload' }]), /rejected_messages shows payload/],
  ['no-call-refused', 'one was', ({ answers }) => void answers.set('logging entries:list', { entries: [{ timestamp: '2026-03-01T12:00:01Z' }] }), /refused at 2026-03-01T12:00:01Z/],
  ['books-only-added-to', 'they were changed', ({ answers }) => void answers.set('logging entries:list', { entries: [{}] }), /changed at an unknown time/],
  ['jobs', 'one is gone', (project) => void (project.jobs = project.jobs.filter(({ name }) => name !== 'reconcile')), /reconcile does not exist/],
  ['jobs', 'one is paused', (project) => void (project.jobs = project.jobs.map((job) => ({ ...job, enabled: job.name !== 'sweep-late' }))), /sweep-late is not enabled/],
  ['jobs', 'one failed', (project) => void (project.jobs = project.jobs.map((job) => ({ ...job, last_succeeded: job.name !== 'post-ledger' }))), /post-ledger failed/],
  ['concurrency', 'one at a time', put(SERVICE, 'template.maxInstanceRequestConcurrency', 1), /processPayment takes 1 requests at a time/],
  ['concurrency', 'longer than it is waited for', put(SERVICE, 'template.timeout', '300s'), /may take 300 s, and Pub\/Sub waits for 90 s/],
  ['concurrency', 'open to the world', put(SERVICE, 'ingress', 'INGRESS_TRAFFIC_ALL'), /reached from outside \(INGRESS_TRAFFIC_ALL\)/],
  ['reports-kept', 'no versions', put(BUCKET, 'versioning', undefined), /versions are not kept/],
  ['reports-kept', 'no retention', put(BUCKET, 'objectRetention', undefined), /no report can be given a retention/],
  ['reports-kept', 'no soft delete', put(BUCKET, 'softDeletePolicy.retentionDurationSeconds', '0'), /gone at once/],
  ['reports-kept', 'may be public', put(BUCKET, 'iamConfiguration.publicAccessPrevention', 'inherited'), /could be made public/],
];

describe('each check sees what is wrong, and says what to do', () => {
  test.each(WRONG)('%s: %s', async (check, _name, change, says) => {
    const project = rightProject();
    change(project);
    const results = await ask(project);
    expect(results.find(({ name }) => name === check)).toMatchObject({ result: 'failed', found: expect.stringMatching(says), next: expect.stringMatching(/\w{3}/) });
  });

  test('none is without such a case', () => expect([...new Set(WRONG.map(([check]) => check))].sort()).toEqual(CHECKS.map(({ name }) => name).sort()));
});

test('a person\'s own right to the claims is named, and let pass', async () => {
  const project = rightProject();
  put(POLICY, 'bindings.1', { role: 'roles/datastore.owner', members: ['user:deployer@example.com'] })(project);
  expect((await ask(project)).find(({ name }) => name === 'claims-access')).toMatchObject({ result: 'ok', found: 'the two functions, and user:deployer@example.com' });
});

test('a ledger that is posted by the sweep has no post-ledger', async () => {
  const project = rightProject();
  project.jobs = project.jobs.filter(({ name }) => name !== 'post-ledger');
  expect((await ask(project)).find(({ name }) => name === 'jobs')!.result).toBe('ok');
});

test('what can\'t be asked is not right: on a project nothing is skipped, whatever fails', async () => {
  const project = rightProject();
  project.answers.clear();
  project.jobs = [];
  const results = await ask(project);
  expect(results.filter(({ result }) => result === 'skipped')).toEqual([]);
  expect(results.filter(({ result }) => result === 'ok').map(({ name }) => name)).toEqual(['journal-stamps', 'job-id-once', 'views-planned']);
  expect(results.find(({ name }) => name === 'claims-end')).toMatchObject({ found: 'could not be asked (404)', next: expect.stringContaining('docs/deploy.md') });
});

test('on emulators exactly those are skipped that no emulator knows', async () => {
  const skipped = (await ask(rightProject(), true)).filter(({ result }) => result === 'skipped');
  expect(skipped.map(({ name, found }) => [name, found])).toEqual(CHECKS.filter(({ no_emulator }) => no_emulator !== null).map(({ name, no_emulator }) => [name, `on emulators: ${no_emulator}`]));
});

test('the log is asked from the beginning of the run on, or thirty days before it', async () => {
  const project = rightProject();
  await ask(project);
  const [refused, changed] = project.asked.filter((one) => one.startsWith('logging'));
  expect([refused, changed]).toEqual([expect.stringContaining('2026-03-01T12:00:00Z'), expect.stringContaining('2026-01-30T12:00:00Z')]);
});
