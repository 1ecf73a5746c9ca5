import { FUNCTION_NAMES, type FunctionName } from '../functions/deployed/function-variables.ts';
import { auditLog } from '../sql/tables/audit-log.ts';
import { paymentJournal } from '../sql/tables/payment-journal.ts';
import { rawMessagesFromPubsub } from '../sql/tables/raw-messages.ts';
import type { StackConfiguration } from './configuration.ts';
import { calledBy } from './function-list.ts';
import { type Agent, type Condition, FINANCE_VIEWS_READ, type Grant, type Target } from './grant.ts';
import { accountEmail, type AccountName, ACCOUNTS, bucketName, serviceName, SUBSCRIPTIONS, TOPICS } from './names.ts';
import { ownRole } from './roles.ts';
import { JOB_TABLES } from './table-access.ts';

/**
 * Every grant of the stack, in the order in which they are needed. Nothing else in this program grants anything, no grant is to
 * everybody, and none takes away what others have been granted.
 */
export interface Grants {
  /** Before anything encrypted is made. */
  readonly keys: readonly Grant[];
  /** Before a function is built. */
  readonly build: readonly Grant[];
  /** Before a function runs. */
  readonly run: readonly Grant[];
  /** Before anything is pushed or scheduled. */
  readonly call: readonly Grant[];
  /** Before the archive's subscription is made: it is refused otherwise. */
  readonly archive: readonly Grant[];
  /** As soon as the subscriptions are there: without them no message ever becomes a dead letter. */
  readonly dead_letters: readonly Grant[];
  /** People who read and operate. */
  readonly people: readonly Grant[];
  /** Last of all: what is published before a subscription exists is lost to it. */
  readonly publish: readonly Grant[];
}

export function grantsOf(configuration: StackConfiguration): Grants {
  return {
    keys: configuration.customer_managed_keys ? keyGrants() : [],
    build: buildGrants(configuration),
    run: [...messageGrants(configuration), ...jobGrants(configuration)],
    call: callGrants(configuration),
    archive: archiveGrants(),
    dead_letters: deadLetterGrants(),
    people: [financeViewsReadBooks(), ...financeGrants(configuration), ...operatorGrants(configuration)],
    publish: (configuration.producers ?? []).map((producer) => grant(producer, 'roles/pubsub.publisher', { on: 'topic', name: TOPICS.payments })),
  };
}

const PUBSUB: Agent = 'agent:pubsub';

function keyGrants(): Grant[] {
  const agents: Agent[] = [PUBSUB, 'agent:bigquery', 'agent:storage'];
  return agents.map((agent) => grant(agent, 'roles/cloudkms.cryptoKeyEncrypterDecrypter', { on: 'key' }));
}

/** The platform copies a package into a bucket of its own before it builds it. */
const COPIED_SOURCES: Condition = { title: 'sources_of_functions', expression: 'resource.name.startsWith("projects/_/buckets/gcf-v2-sources-")' };

function buildGrants({ project }: StackConfiguration): Grant[] {
  const builder = account('build', project);
  return [
    grant(builder, 'roles/logging.logWriter', { on: 'project' }),
    grant(builder, 'roles/artifactregistry.writer', { on: 'repository' }),
    grant(builder, 'roles/storage.objectViewer', { on: 'bucket', name: bucketName('functions', project) }),
    grant(builder, 'roles/storage.objectViewer', { on: 'project', condition: COPIED_SOURCES }),
  ];
}

/** A message's way: make a claim, append a line. No function of it can read the books, or run a statement. */
function messageGrants(configuration: StackConfiguration): Grant[] {
  const { project, claims_database } = configuration;
  const claims: Condition = { title: 'claims_database', expression: `resource.name == "projects/${project}/databases/${claims_database}"` };
  const claiming: FunctionName[] = ['processPayment', 'processRedrive'];
  const journaling: FunctionName[] = [...claiming, 'keepDeadLetter'];
  return [
    ...claiming.map((name) => grant(ofFunction(name, project), ownRole('claim', project), { on: 'project', condition: claims })),
    ...journaling.map((name) => grant(ofFunction(name, project), ownRole('append', project), table(paymentJournal.name))),
  ];
}

/** Each job reads and appends to the tables that its statements name, and no other. */
function jobGrants({ project }: StackConfiguration): Grant[] {
  const tables = Object.entries(JOB_TABLES).flatMap(([name, { reads, writes }]) => {
    const job = ofFunction(name as FunctionName, project);
    return [
      grant(job, 'roles/bigquery.jobUser', { on: 'project' }),
      ...reads.map((read) => grant(job, 'roles/bigquery.dataViewer', table(read))),
      ...writes.map((written) => grant(job, ownRole('append', project), table(written))),
    ];
  });
  const reconciler = ofFunction('reconcile', project);
  return [
    ...tables,
    grant(reconciler, 'roles/bigquery.dataEditor', { on: 'scratch' }),
    grant(reconciler, 'roles/monitoring.viewer', { on: 'project' }), // how far the subscriptions are behind
    grant(reconciler, 'roles/cloudscheduler.viewer', { on: 'project' }), // whether a posting is late
    grant(reconciler, 'roles/pubsub.publisher', { on: 'topic', name: TOPICS.redrive }), // beside operators nobody else: redrive_of is believed there
    grant(ofFunction('publishReport', project), ownRole('publish_reports', project), { on: 'bucket', name: bucketName('reports', project) }),
  ];
}

function callGrants({ project }: StackConfiguration): Grant[] {
  return [
    ...FUNCTION_NAMES.map((name) => grant(account(calledBy(name), project), 'roles/run.invoker', { on: 'service', name })),
    // Projects of before April 2021 need it. https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
    grant(PUBSUB, 'roles/iam.serviceAccountTokenCreator', { on: 'account', name: ACCOUNTS.push }),
  ];
}

/** https://cloud.google.com/pubsub/docs/create-bigquery-subscription#assign_bigquery_roles_to_the_service_agent */
function archiveGrants(): Grant[] {
  return ['roles/bigquery.dataEditor', 'roles/bigquery.metadataViewer'].map((role) => grant(PUBSUB, role, table(rawMessagesFromPubsub.name)));
}

/** To hand a message over, Pub/Sub publishes it there and acknowledges it here. https://cloud.google.com/pubsub/docs/handling-failures#grant_forwarding_permissions */
function deadLetterGrants(): Grant[] {
  return [
    ...[TOPICS.dead_letters, TOPICS.archive_dead_letters].map((name) => grant(PUBSUB, 'roles/pubsub.publisher', { on: 'topic', name })),
    ...[SUBSCRIPTIONS.process, SUBSCRIPTIONS.redrive, SUBSCRIPTIONS.archive].map((name) => grant(PUBSUB, 'roles/pubsub.subscriber', { on: 'subscription', name })),
  ];
}

/** The views of the finance dataset read the books, whoever looks at them. https://cloud.google.com/bigquery/docs/authorized-datasets */
function financeViewsReadBooks(): Grant {
  return grant(FINANCE_VIEWS_READ, 'authorised views', { on: 'books' });
}

/** Finance reads views and reports: no payload, no journal, no archive. */
function financeGrants({ project, finance_readers }: StackConfiguration): Grant[] {
  return (finance_readers ?? []).flatMap((reader) => [
    grant(reader, 'roles/bigquery.jobUser', { on: 'project' }),
    grant(reader, 'roles/bigquery.dataViewer', { on: 'finance' }),
    grant(reader, 'roles/storage.objectViewer', { on: 'bucket', name: bucketName('reports', project) }),
  ]);
}

/** Operators look into messages, run and pause jobs, fetch dead letters, replay, and write down decisions. They change no line and no posting. */
function operatorGrants({ project, operators }: StackConfiguration): Grant[] {
  const fetched = [SUBSCRIPTIONS.parked, SUBSCRIPTIONS.archive_parked, SUBSCRIPTIONS.process, SUBSCRIPTIONS.redrive];
  return (operators ?? []).flatMap((operator) => [
    ...['roles/bigquery.jobUser', 'roles/logging.viewer', 'roles/monitoring.viewer', 'roles/pubsub.viewer', ownRole('run_jobs', project)].map((role) => grant(operator, role, { on: 'project' })),
    grant(operator, 'roles/bigquery.dataViewer', { on: 'books' }),
    grant(operator, ownRole('append', project), table(auditLog.name)),
    ...fetched.map((name) => grant(operator, 'roles/pubsub.subscriber', { on: 'subscription', name })),
    grant(operator, 'roles/pubsub.publisher', { on: 'topic', name: TOPICS.redrive }), // payments dlq redrive
    grant(operator, 'roles/storage.objectViewer', { on: 'bucket', name: bucketName('reports', project) }),
  ]);
}

function grant(to: string, role: string, target: Target): Grant {
  return { to, role, target };
}

function table(name: string): Target {
  return { on: 'table', name };
}

function ofFunction(name: FunctionName, project: string): string {
  return `serviceAccount:${accountEmail(serviceName(name), project)}`;
}

function account(name: AccountName, project: string): string {
  return `serviceAccount:${accountEmail(ACCOUNTS[name], project)}`;
}
