import { FUNCTION_NAMES } from '../../functions/deployed/function-variables.ts';
import { paymentJournal } from '../../sql/tables/payment-journal.ts';
import { paymentTransactions } from '../../sql/tables/payment-transactions.ts';
import type { StackConfiguration } from '../configuration.ts';
import { DATASETS, JOBS, serviceName, SUBSCRIPTIONS } from '../names.ts';
import { jobsOf, type ScheduledJob } from '../schedule.ts';
import { above, type Alert, type AlertCondition, answered, logged } from './alert.ts';
import { linesOf, RED_VERDICT_LINES } from './log-lines.ts';
import { promqlName } from './metrics.ts';

/** Seconds that the oldest message may wait: ten times what a retry or two takes, far below the watermark. */
const OLDEST_UNACKED_SECONDS = 300;
/** Seconds for the archive, which is written in batches. */
const ARCHIVE_UNACKED_SECONDS = 600;
/** Seconds of a claim, at the 99th percentile: fifty times what one takes. */
const SLOW_CLAIM_SECONDS = 0.5;
/** Of the answers, in a hundred. Each 5xx slows the whole subscription down. */
const ERROR_PERCENT = 1;
/** Intervals without a posting, or without a reconciliation. */
const MISSED_RUNS = 3;
/** Seconds that a query of an alert may look back, and that its answer may have to last. https://cloud.google.com/monitoring/quotas */
const LONGEST_LOOK = 86_400;
const LONGEST_WAIT = 84_600;
const MINUTE = 60;
const HOUR = 3_600;

/** Every alert of the stack. */
export function alertsOf(configuration: StackConfiguration): Alert[] {
  return [...messageAlerts(), ...booksAlerts(configuration), ...storeAlerts(configuration)];
}

function messageAlerts(): Alert[] {
  const pushed = [SUBSCRIPTIONS.process, SUBSCRIPTIONS.redrive, SUBSCRIPTIONS.keep];
  const consumed = [SUBSCRIPTIONS.process, SUBSCRIPTIONS.redrive, SUBSCRIPTIONS.archive];
  const oldest = (subscriptions: readonly string[]) => `${metric('oldest_unacked_message_age')} AND ${oneOf(subscriptions)}`;
  const bySubscription = ['resource.label.subscription_id'];
  return [
    { id: 'oldest-unacked', title: 'Messages wait', severity: 'CRITICAL', conditions: [above('the oldest message waits for minutes', oldest(pushed), { period: MINUTE, align: 'ALIGN_MAX', reduce: 'REDUCE_MAX', by: bySubscription }, OLDEST_UNACKED_SECONDS, 5 * MINUTE)] },
    {
      id: 'push-refused', title: 'Pushes are refused', severity: 'CRITICAL',
      conditions: [above('a function answers 4xx, or is not reached', `${metric('push_request_count')} AND ${oneOf(pushed)} AND metric.label.response_class=one_of("remote_server_4xx", "unreachable")`, { period: 5 * MINUTE, align: 'ALIGN_DELTA', reduce: 'REDUCE_SUM', by: bySubscription }, 0, 0)],
    },
    { id: 'dead-letters', title: 'Messages became dead letters', severity: 'ERROR', conditions: [above('a message ran out of attempts', `${metric('dead_letter_message_count')} AND ${oneOf(consumed)}`, { period: 5 * MINUTE, align: 'ALIGN_DELTA', reduce: 'REDUCE_SUM', by: bySubscription }, 0, 0)] },
    {
      id: 'archive-stopped', title: 'The raw archive is not written', severity: 'CRITICAL',
      conditions: [
        above('the oldest message waits for the archive', oldest([SUBSCRIPTIONS.archive]), { period: MINUTE, align: 'ALIGN_MAX', reduce: 'REDUCE_MAX' }, ARCHIVE_UNACKED_SECONDS, 5 * MINUTE),
        above('BigQuery refuses what the archive writes', `${metric('push_request_count')} AND ${oneOf([SUBSCRIPTIONS.archive])} AND NOT metric.label.response_class="ack"`, { period: 5 * MINUTE, align: 'ALIGN_DELTA', reduce: 'REDUCE_SUM' }, 0, 15 * MINUTE),
      ],
    },
  ];
}

function booksAlerts(configuration: StackConfiguration): Alert[] {
  const [first] = jobsOf(configuration);
  const proof = jobsOf(configuration).find(({ calls }) => calls === 'reconcile')!;
  const ratio = `100 * sum(increase(${promqlName('duplicate', '_sum')}[${HOUR}s])) / sum(increase(${promqlName('messages', '_sum')}[${HOUR}s])) > ${configuration.duplicate_percent}`;
  return [
    { id: 'posting-stopped', title: 'Nothing is posted', severity: 'CRITICAL', conditions: [noneFor(first, 'no posting was committed for three intervals', 'posting')] },
    { id: 'reconciliation-stopped', title: 'Nothing is reconciled', severity: 'ERROR', conditions: [noneFor(proof, 'no reconciliation ended for three intervals', 'reconciliation')] },
    { id: 'not-reconciled', title: 'The books don\'t reconcile', severity: 'CRITICAL', conditions: [logged('a reconciliation found breaks, or could not see everything', linesOf(['reconcile'], RED_VERDICT_LINES))] },
    { id: 'books-changed', title: 'Journal or ledger was changed', severity: 'CRITICAL', conditions: [logged('a statement changed or deleted rows that are only ever added to', booksChanged())] },
    { id: 'duplicates', title: 'Many duplicates', severity: 'WARNING', conditions: [answered('more duplicates than usual in an hour', ratio)] },
    { id: 'job-failed', title: 'A job failed', severity: 'ERROR', conditions: [logged('the scheduler got no good answer from a job', `resource.type="cloud_scheduler_job"\nresource.labels.job_id=(${Object.values(JOBS).map((job) => `"${job}"`).join(' OR ')})\nseverity>=ERROR`)] },
  ];
}

/** Nothing was counted for as many intervals of a job as may be missed: who doesn't run can't say so himself. */
function noneFor({ every_minutes }: ScheduledJob, title: string, counted: 'posting' | 'reconciliation'): AlertCondition {
  const late = MISSED_RUNS * every_minutes * MINUTE;
  const look = Math.min(late, LONGEST_LOOK);
  return answered(title, `(sum(increase(${promqlName(counted)}[${look}s])) or vector(0)) < 1`, Math.min(late - look, LONGEST_WAIT));
}

function storeAlerts({ claims_database }: StackConfiguration): Alert[] {
  const services = FUNCTION_NAMES.map(serviceName).join('|');
  const requests = (more: string) => `sum(increase(run_googleapis_com:request_count{monitored_resource="cloud_run_revision",service_name=~"${services}"${more}}[600s]))`;
  return [
    {
      id: 'claims-slow', title: 'Claims are slow', severity: 'WARNING',
      conditions: [above('claims take longer than usual', `metric.type="firestore.googleapis.com/api/request_latencies" AND resource.type="firestore.googleapis.com/Database" AND resource.label.database_id="${claims_database}"`, { period: 5 * MINUTE, align: 'ALIGN_PERCENTILE_99', reduce: 'REDUCE_MAX' }, SLOW_CLAIM_SECONDS, 10 * MINUTE)],
    },
    { id: 'errors', title: 'Functions fail', severity: 'ERROR', conditions: [answered('more than one answer in a hundred is 5xx', `100 * ${requests(',response_code_class="5xx"')} / ${requests('')} > ${ERROR_PERCENT}`, 5 * MINUTE)] },
  ];
}

/** BigQuery's audit log, which is always on. The posting head is updated by design, and is another table. https://cloud.google.com/bigquery/docs/reference/auditlogs */
function booksChanged(): string {
  const tables = [paymentJournal, paymentTransactions].map(({ name }) => name).join('|');
  return [
    'protoPayload.metadata.@type="type.googleapis.com/google.cloud.audit.BigQueryAuditMetadata"',
    'protoPayload.metadata.jobChange.job.jobConfig.queryConfig.statementType=("UPDATE" OR "DELETE" OR "MERGE" OR "TRUNCATE_TABLE" OR "DROP_TABLE" OR "ALTER_TABLE")',
    `protoPayload.metadata.jobChange.job.jobConfig.queryConfig.destinationTable=~"/datasets/${DATASETS.payments}/tables/(${tables})$"`,
  ].join('\n');
}

function metric(name: string): string {
  return `metric.type="pubsub.googleapis.com/subscription/${name}" AND resource.type="pubsub_subscription"`;
}

function oneOf(subscriptions: readonly string[]): string {
  return `resource.label.subscription_id=one_of(${subscriptions.map((name) => `"${name}"`).join(', ')})`;
}
