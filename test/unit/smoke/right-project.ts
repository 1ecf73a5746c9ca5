import type { JobState } from '../../../functions/ports.ts';
import type { Asked } from '../../../smoke/checks/check.ts';

export const PROJECT = 'p-test';
const NUMBER = '123456';
const REGION = 'europe-west1';
const ADDRESS = `https://payments-process-payment-${NUMBER}.${REGION}.run.app`;
const AGENT = `serviceAccount:service-${NUMBER}@gcp-sa-pubsub.iam.gserviceaccount.com`;
const account = (name: string) => `serviceAccount:${name}@${PROJECT}.iam.gserviceaccount.com`;

/** JSON of any depth, to be changed by a test. */
export type Json = { [name: string]: Json } | Json[] | string | number | boolean | null;

const subscription = (more: { [name: string]: Json }): Json => ({ ackDeadlineSeconds: 90, expirationPolicy: {}, retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' }, state: 'ACTIVE', ...more });
const deadLetters = (topic: string): Json => ({ deadLetterTopic: `projects/${PROJECT}/topics/${topic}`, maxDeliveryAttempts: 20 });
const push = (name: string): Json => ({ pushEndpoint: ADDRESS.replace('process-payment', name), oidcToken: { serviceAccountEmail: `payments-push@${PROJECT}.iam.gserviceaccount.com`, audience: ADDRESS.replace('process-payment', name) } });
const policy = (role: string): Json => ({ bindings: [{ role, members: [AGENT] }] });
const service: Json = { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY', template: { maxInstanceRequestConcurrency: 40, timeout: '60s' } };
/** Some of the views of finance. */
const FINANCE_VIEW_NAMES = ['payment_transactions', 'rejected_messages'];
const P = `projects/${PROJECT}`;

/** What Google's APIs answer of a project in which everything is as infra/ makes it, by service and path. */
export function rightAnswers(): Map<string, Json> {
  return new Map<string, Json>([
    [`pubsub ${P}/topics/payments`, { messageRetentionDuration: '604800s', messageStoragePolicy: { allowedPersistenceRegions: [REGION] } }],
    [`pubsub ${P}/subscriptions/payments-process`, subscription({ pushConfig: push('process-payment'), deadLetterPolicy: deadLetters('payments-dead-letters') })],
    [`pubsub ${P}/subscriptions/payments-redrive-process`, subscription({ pushConfig: push('process-redrive'), deadLetterPolicy: deadLetters('payments-dead-letters') })],
    [`pubsub ${P}/subscriptions/payments-dead-letters-keep`, subscription({ pushConfig: push('keep-dead-letter') })],
    [`pubsub ${P}/subscriptions/payments-dead-letters-parked`, subscription({ pushConfig: {} })],
    [`pubsub ${P}/subscriptions/payments-archive-dead-letters-parked`, subscription({})],
    [`pubsub ${P}/subscriptions/payments-archive`, subscription({ deadLetterPolicy: deadLetters('payments-archive-dead-letters'), bigqueryConfig: { state: 'ACTIVE', table: 't', writeMetadata: true } })],
    ...['topics/payments-dead-letters', 'topics/payments-archive-dead-letters'].map((path): [string, Json] => [`pubsub ${P}/${path}:getIamPolicy`, policy('roles/pubsub.publisher')]),
    ...['payments-process', 'payments-redrive-process', 'payments-archive'].map((name): [string, Json] => [`pubsub ${P}/subscriptions/${name}:getIamPolicy`, policy('roles/pubsub.subscriber')]),
    [`firestore ${P}/databases/payments-claims/collectionGroups/claims/fields/expires_at`, { indexConfig: {}, ttlConfig: { state: 'ACTIVE' } }],
    [`firestore ${P}/databases/payments-claims/collectionGroups/claims/fields/*`, { indexConfig: {} }],
    [`projects ${P}:getIamPolicy`, { bindings: [{ role: `${P}/roles/paymentsMakeClaims`, members: [account('payments-process-payment'), account('payments-process-redrive')], condition: { title: 'claims_database' } }, { role: 'roles/owner', members: ['user:a@example.com'] }] }],
    [`bigquery ${P}/datasets/payments_finance/tables?maxResults=1000`, { tables: FINANCE_VIEW_NAMES.map((tableId) => ({ tableReference: { tableId } })) }],
    ...FINANCE_VIEW_NAMES.map((name): [string, Json] => [`bigquery ${P}/datasets/payments_finance/tables/${name}`, { schema: { fields: [{ name: 'transaction_id' }, { name: 'amount' }] } }]),
    ['logging entries:list', {}],
    ...['process-payment', 'process-redrive', 'keep-dead-letter'].map((name): [string, Json] => [`run ${P}/locations/${REGION}/services/payments-${name}`, structuredClone(service)]),
    [`storage b/${PROJECT}-payments-reports`, { versioning: { enabled: true }, objectRetention: { mode: 'Enabled' }, softDeletePolicy: { retentionDurationSeconds: '7776000' }, iamConfiguration: { publicAccessPrevention: 'enforced' } }],
  ]);
}

/** The scheduler's jobs of such a project. */
export function rightJobs(): JobState[] {
  return ['post-ledger', 'sweep-late', 'audit-unposted', 'reconcile', 'publish-report'].map((name) => ({ name, schedule: '* * * * *', enabled: true, last_attempt_at: 1, last_succeeded: name === 'publish-report' ? null : true, next_run_at: 2 }));
}

/** A project that may be made wrong before it is asked. */
export interface TrialProject {
  readonly answers: Map<string, Json>;
  jobs: JobState[];
  stamps: { without_stamp: bigint; ahead: bigint };
  second_job: number;
  /** A view of which BigQuery plans no query; null: none. */
  refused: string | null;
  stranger: number;
  /** Paths and bodies that were asked for. */
  readonly asked: string[];
}

export function rightProject(): TrialProject {
  return { answers: rightAnswers(), jobs: rightJobs(), stamps: { without_stamp: 0n, ahead: 0n }, second_job: 409, refused: null, stranger: 404, asked: [] };
}

/** What checks ask a project with. */
export function askedOf(project: TrialProject): Asked {
  return {
    place: { project: PROJECT, region: REGION, location: 'EU', claims_database: 'payments-claims' },
    google: {
      async read(service, path, body) {
        const key = `${service} ${decodeURIComponent(path)}`;
        project.asked.push(`${key} ${JSON.stringify(body ?? null)}`);
        const answer = project.answers.get(key);
        if (answer === undefined) throw Object.assign(new Error('not found'), { status: 404 });
        return structuredClone(answer);
      },
      statusForStranger: async () => project.stranger,
    },
    books: { query: async () => [project.stamps], transaction: never, materialise: never, forget: never },
    bigquery: { insertTwice: async () => project.second_job, refusal: async (sql) => (project.refused !== null && sql.includes(project.refused) ? 'Resources exceeded during query planning' : null) },
    jobs: { list: async () => project.jobs, run: never, pause: never, resume: never },
    run: 'r1',
    began: 1_772_366_400_000_000,
  };
}

/** A check only reads. */
function never(): never {
  throw new Error('a check changes nothing');
}
