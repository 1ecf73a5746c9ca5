import { DEFAULT_SETTINGS, type Settings } from '../config.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND } from '../payment/time.ts';
import { formatSetting, SETTINGS } from '../settings.ts';
import { choice, duration, type Form, list, text, whole } from './forms.ts';

/** One environment variable of a deployed function. */
export interface Variable<Value> {
  readonly variable: string;
  readonly says: string;
  readonly form: Form<Value>;
  /** As it would be written. Left out: it must be set. Null: it may be absent, and is null then. */
  readonly standard?: string | null;
}

const PROJECT = '[a-z][a-z0-9:.-]{1,62}';
const DATASET = /^[A-Za-z0-9_]{1,1024}$/;
const SUBSCRIPTION = text('a name such as projects/P/subscriptions/S', new RegExp(`^projects/${PROJECT}/subscriptions/[A-Za-z][A-Za-z0-9._~+%-]{2,254}$`));
const TOPIC = text('a name such as projects/P/topics/T', new RegExp(`^projects/${PROJECT}/topics/[A-Za-z][A-Za-z0-9._~+%-]{2,254}$`));
const ADDRESS = text('an address', /^https?:\/\/\S{1,2000}$/);
const LOCATION = /^[A-Za-z][A-Za-z0-9-]{1,40}$/;

/** Where things are, and who may call. The settings of the protocol come after these. */
const PLACES = {
  project: variable('PAYMENTS_PROJECT', 'the project of the datasets, Firestore, Pub/Sub and the scheduler', text('a project id', new RegExp(`^${PROJECT}$`))),
  location: variable('PAYMENTS_LOCATION', 'where the datasets are', text('a location of BigQuery, such as EU or europe-west1', LOCATION)),
  dataset: variable('PAYMENTS_DATASET', 'the dataset of journal and ledger', text('a name of letters, digits and _', DATASET), 'payments'),
  scratch_dataset: variable('PAYMENTS_SCRATCH_DATASET', 'the dataset of what a reconciliation makes on its way; its tables expire', text('a name of letters, digits and _', DATASET), 'payments_scratch'),
  claims_database: variable('PAYMENTS_CLAIMS_DATABASE', 'the Firestore database of the claims', text('a database id', /^(\(default\)|[a-z][a-z0-9-]{2,61}[a-z0-9])$/), '(default)'),
  claims_collection: variable('PAYMENTS_CLAIMS_COLLECTION', 'the collection of the claims', text('a name of letters, digits, _ and -, that does not begin with __', /^(?!__)[A-Za-z0-9_-]{1,200}$/), 'claims'),
  subscription: variable('PAYMENTS_SUBSCRIPTION', 'the push subscription of the payments', SUBSCRIPTION),
  redrive_subscription: variable('PAYMENTS_REDRIVE_SUBSCRIPTION', 'the push subscription of re-published messages, where redrive_of is believed', SUBSCRIPTION),
  redrive_topic: variable('PAYMENTS_REDRIVE_TOPIC', 'the topic on which missing messages are published again', TOPIC),
  dead_letter_subscription: variable('PAYMENTS_DEAD_LETTER_SUBSCRIPTION', 'the push subscription of the dead letters', SUBSCRIPTION),
  archive_subscription: variable('PAYMENTS_ARCHIVE_SUBSCRIPTION', 'the subscription that writes the raw archive', SUBSCRIPTION),
  reports_bucket: variable('PAYMENTS_REPORTS_BUCKET', 'the bucket of the reports', text('a name of a bucket', /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/)),
  jobs: variable('PAYMENTS_JOBS', 'the jobs of the scheduler without which a reconciliation is incomplete', list('names of jobs', /^[A-Za-z0-9_-]{1,500}$/)),
  jobs_location: variable('PAYMENTS_JOBS_LOCATION', 'the region of the scheduler', text('a region, such as europe-west1', LOCATION)),
  caller: variable('PAYMENTS_CALLER', 'the service account whose tokens are let in', text('an e-mail address of a service account', /^[^\s@,]{1,200}@[^\s@,]{1,200}$/)),
  audience: variable('PAYMENTS_AUDIENCE', 'the audience that tokens must name: the address of the function', text('1 to 2,000 characters without blanks', /^\S{1,2000}$/)),
  token_keys_url: variable('PAYMENTS_TOKEN_KEYS_URL', 'where the issuer publishes its keys: certificates or public keys in PEM by key id', ADDRESS, 'https://www.googleapis.com/oauth2/v1/certs'),
  token_signature: variable('PAYMENTS_TOKEN_SIGNATURE', 'verified: we check it. removed_by_platform: only where the platform lets no call in without IAM, and so takes the signature away', choice('verified', 'removed_by_platform'), 'verified'),
  monitoring_url: variable('PAYMENTS_MONITORING_URL', 'Cloud Monitoring; by http:// another service in its place, asked without credentials', ADDRESS, 'https://monitoring.googleapis.com'),
  scheduler_url: variable('PAYMENTS_SCHEDULER_URL', 'Cloud Scheduler; by http:// another service in its place, asked without credentials', ADDRESS, 'https://cloudscheduler.googleapis.com'),
  report_retention: variable('PAYMENTS_REPORT_RETENTION', 'how long a published report can be changed or deleted by nobody; 0s: not at all', duration(0, 3_660 * MICROS_PER_DAY), '0s'),
  settle: variable('PAYMENTS_SETTLE', 'how long before now a posting is cut, since rows show a little late', duration(0, MICROS_PER_HOUR), '60s'),
  reconcile_days: variable('PAYMENTS_RECONCILE_DAYS', 'whole days of messages that a reconciliation compares before the last one that could see everything', whole(1, 400), '1'),
  request_timeout: variable('PAYMENTS_REQUEST_TIMEOUT', 'the time limit of a request, as the platform is told', duration(5 * MICROS_PER_SECOND, MICROS_PER_HOUR), '60s'),
} as const;

type Protocol = { readonly [Name in keyof Settings]: Variable<Settings[Name]> };

/** Each setting of the protocol under its name: `watermark` is PAYMENTS_WATERMARK. */
const PROTOCOL = Object.fromEntries(
  SETTINGS.map(({ name, says, between, choices }) => {
    const form: Form<unknown> = between ? duration(...between) : choices ? choice(...choices) : text('1 to 200 characters', /^.{1,200}$/su);
    return [name, { variable: `PAYMENTS_${name.toUpperCase()}`, says, form, standard: DEFAULT_SETTINGS[name] === null ? null : formatSetting(DEFAULT_SETTINGS[name]) }];
  }),
) as unknown as Protocol;

/** Every variable that a deployed function may read, by the name that the code has for it. */
export const VARIABLES = { ...PLACES, ...PROTOCOL };

/** The names of the protocol's settings. */
export const SETTING_NAMES = SETTINGS.map(({ name }) => name);

function variable<Value>(name: string, says: string, form: Form<Value>, standard?: string): Variable<Value> {
  return standard === undefined ? { variable: name, says, form } : { variable: name, says, form, standard };
}
