import { choice, duration, type Form, list, text, whole } from '../functions/deployed/forms.ts';
import { SETTING_NAMES, type Variable, VARIABLES } from '../functions/deployed/variables.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND } from '../functions/payment/time.ts';
import { flag, MEMBER, rows } from './forms.ts';

/** One setting of a stack, as it stands in `Pulumi.<stack>.yaml`. */
export interface StackSetting<Value> {
  /** With its namespace: `payments:watermark`. */
  readonly key: string;
  readonly says: string;
  readonly form: Form<Value>;
  /** As it would be written. Left out: it must be set. Null: it may be absent, and is null then. */
  readonly standard?: string | null;
}

const SECOND = MICROS_PER_SECOND;
const MINUTE = 60 * SECOND;
const MEMBERS = list('members such as group:finance@example.com, serviceAccount:… or user:…', MEMBER);

const PLACES = {
  project: setting('gcp:project', 'the project; one stack a project, since datasets and topics have fixed names', VARIABLES.project.form),
  region: setting('gcp:region', 'the region of functions, jobs, claims and buckets', text('a region, such as europe-west1', /^[a-z]+-[a-z]+\d{1,2}$/)),
  location: setting('payments:location', 'where the datasets are; the region where left out', VARIABLES.location.form, null),
  protected: setting('payments:protected', 'true: what holds data can\'t be deleted by this program, nor by accident. false: everything goes with `pulumi destroy`', flag),
  claims_database: setting('payments:claims_database', 'the Firestore database of the claims', VARIABLES.claims_database.form, 'payments-claims'),
} as const;

/** Range of each: what Pub/Sub, Cloud Run functions and the scheduler accept. */
const DELIVERY = {
  push_timeout: setting('payments:push_timeout', 'the time limit of a pushed message\'s request', duration(10 * SECOND, 600 * SECOND), '60s'),
  ack_deadline: setting('payments:ack_deadline', 'how long Pub/Sub waits for a pushed message\'s answer', duration(10 * SECOND, 600 * SECOND), '90s'),
  retry_minimum: setting('payments:retry_minimum', 'the first wait before a message is delivered again; it doubles', duration(SECOND, 600 * SECOND), '10s'),
  retry_maximum: setting('payments:retry_maximum', 'the longest such wait', duration(SECOND, 600 * SECOND), '600s'),
  delivery_attempts: setting('payments:delivery_attempts', 'attempts before a message becomes a dead letter', whole(5, 100), '20'),
  outage: setting('payments:outage', 'an outage of this length must not turn messages into dead letters', duration(MINUTE, 15 * MICROS_PER_HOUR), '2h'),
  message_retention: setting('payments:message_retention', 'how long messages are kept: those not taken yet, and all of them for a replay', duration(MICROS_PER_DAY, 31 * MICROS_PER_DAY), '7d'),
  job_timeout: setting('payments:job_timeout', 'the time limit of a posting, a reconciliation or a report, and the scheduler\'s attempt deadline', duration(MINUTE, 30 * MINUTE), '30m'),
  ledger_rows: setting('payments:ledger_rows', 'rows of the ledger to be expected in the coming months: the jobs\' intervals follow from it (docs/cost.md)', rows, '1000000'),
} as const;

const SIZE = {
  concurrency: setting('payments:concurrency', 'requests that one instance works on at a time', whole(1, 1000), '40'),
  max_instances: setting('payments:max_instances', 'instances of a push function at most: bounds cost, and claims a second', whole(1, 1000), '20'),
  min_instances: setting('payments:min_instances', 'instances of process-payment kept warm', whole(0, 100), '0'),
  cpu: setting('payments:cpu', 'CPUs of an instance; concurrency needs one at least', choice('1', '2', '4'), '1'),
  memory: setting('payments:memory', 'memory of a push function\'s instance', choice('512Mi', '1Gi', '2Gi', '4Gi'), '512Mi'),
  job_memory: setting('payments:job_memory', 'memory of a job\'s instance', choice('512Mi', '1Gi', '2Gi', '4Gi'), '1Gi'),
} as const;

const PEOPLE = {
  producers: setting('payments:producers', 'who may publish payments', MEMBERS, null),
  finance_readers: setting('payments:finance_readers', 'who may read the finance views and the reports', MEMBERS, null),
  operators: setting('payments:operators', 'who may look into messages, run and pause jobs, and decide on breaks', MEMBERS, null),
  alert_emails: setting('payments:alert_emails', 'who is told by e-mail', list('e-mail addresses', /^[^\s@,]{1,64}@[^\s@,]{1,200}$/), null),
} as const;

const KEEPING = {
  customer_managed_keys: setting('payments:customer_managed_keys', 'true: topics, datasets and buckets are encrypted with a key of this project', flag, 'false'),
  report_retention: setting('payments:report_retention', 'how long a report of a protected stack can be changed or deleted by nobody, its owners included', duration(MICROS_PER_DAY, 3_660 * MICROS_PER_DAY), '400d'),
  request_log_percent: setting('payments:request_log_percent', 'of the requests that went well, how many in a hundred are logged; at 100 their logs cost as much as the claims', whole(0, 100), '1'),
  duplicate_percent: setting('payments:duplicate_percent', 'duplicates in a hundred messages from which on an alert asks why', whole(1, 100), '5'),
  billing_account: setting('payments:billing_account', 'the account of the budget', text('an id such as 012345-6789AB-CDEF01', /^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/), null),
  monthly_budget: setting('payments:monthly_budget', 'the budget of a month, in whole units of the account\'s currency', whole(1, 100_000_000), null),
} as const;

const FROM_FUNCTIONS = [...SETTING_NAMES, 'settle', 'reconcile_days'] as const;
type FromFunctions = (typeof FROM_FUNCTIONS)[number];
type Shared = { readonly [Name in FromFunctions]: (typeof VARIABLES)[Name] extends Variable<infer Value> ? StackSetting<Value> : never };

/** The protocol's settings under their own names; forms and standards are those of the functions. */
const PROTOCOL = Object.fromEntries(
  FROM_FUNCTIONS.map((name) => {
    const { says, form, standard } = VARIABLES[name] as Variable<unknown>;
    return [name, { key: `payments:${name}`, says, form, standard }];
  }),
) as unknown as Shared;

/** Every setting of a stack, by the name that the code has for it. docs/deploy.md has this table. */
export const STACK_SETTINGS = { ...PLACES, ...PROTOCOL, ...DELIVERY, ...SIZE, ...PEOPLE, ...KEEPING };

/** What the settings read. Durations are microseconds. */
export type StackValues = { readonly [Name in keyof typeof STACK_SETTINGS]: (typeof STACK_SETTINGS)[Name] extends StackSetting<infer Value> ? Value : never };

function setting<Value>(key: string, says: string, form: Form<Value>): StackSetting<Value>;
function setting<Value>(key: string, says: string, form: Form<Value>, standard: string): StackSetting<Value>;
function setting<Value>(key: string, says: string, form: Form<Value>, standard: null): StackSetting<Value | null>;
function setting<Value>(key: string, says: string, form: Form<Value>, standard?: string | null): StackSetting<Value | null> {
  return standard === undefined ? { key, says, form } : { key, says, form, standard };
}
