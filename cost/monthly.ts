import { paymentJournal } from '../sql/tables/payment-journal.ts';
import { paymentTransactions } from '../sql/tables/payment-transactions.ts';
import { DATAFLOW, GIB, MIB, PRICES, TIB } from './prices.ts';
import { columnBytes, rowBytes } from './row-bytes.ts';
import { type ScheduledCost, scheduledSqlCost } from './scheduled-sql.ts';
import type { Traffic } from './traffic.ts';

export interface CostLine {
  readonly service: string;
  readonly what: string;
  readonly usd: number;
}

export interface MonthlyCost {
  readonly lines: readonly CostLine[];
  readonly usd: number;
  readonly usd_per_million: number;
  readonly scheduled: ScheduledCost;
  readonly scheduled_usd_per_million: number;
  readonly dataflow_usd: number;
}

const DAYS = 30;
/** Pub/Sub and insertAll bill at least a KB. https://cloud.google.com/pubsub/pricing */
const LEAST_BYTES = 1_000;
const INSERT_LEAST_BYTES = 1_024;
/** Of an instance that waits for claim and journal, memory is billed all the time, CPU too. */
const INSTANCE_GIB = 0.5;
/** Cloud Run adds instances above this use of CPU, so that the rest is paid for and idle. https://cloud.google.com/run/docs/about-instance-autoscaling */
const TARGET_USE = 0.6;
const CLAIM_BYTES = 300;
/** A claim lives for the watermark and its slack; TTL deletion may lag by a day. */
const CLAIM_DAYS = 1.1;
/** Post, sweep, audit, reconcile, report. */
const JOBS = 5;
const LONG_TERM_MONTHS = 3;
const EXPIRY_MONTHS = 400 / DAYS;

/** What the month after so many months costs at list prices, by service, without free tiers, taxes and support. */
export function monthlyCost(traffic: Traffic): MonthlyCost {
  const n = traffic.messages_per_month;
  const billed = Math.max(LEAST_BYTES, traffic.message_bytes);
  const claims = n * (1 - traffic.unclaimed_share);
  const copies = n * traffic.copies_share;
  const posted = n * (1 - traffic.copies_share);
  const scheduled = scheduledSqlCost({ ledger_rows: posted * traffic.months, messages_per_day: n / DAYS, reconcile_days: traffic.reconcile_days });
  const seconds = instanceSeconds(traffic);
  const row = rowBytes(paymentJournal);
  const lines: CostLine[] = [
    { service: 'Pub/Sub', what: 'publish and push', usd: ((2 * billed * n) / TIB) * PRICES.pubsub_tib },
    { service: 'Pub/Sub', what: 'raw archive (BigQuery subscription)', usd: ((billed * n) / TIB) * PRICES.pubsub_bigquery_tib },
    { service: 'Pub/Sub', what: `retention of ${traffic.retention_days} days for replay`, usd: ((traffic.message_bytes * n * traffic.retention_days) / DAYS / GIB) * PRICES.pubsub_retention_gib_month },
    { service: 'Functions', what: 'requests', usd: (n / 1e6) * PRICES.requests_million },
    { service: 'Functions', what: 'CPU and memory', usd: n * seconds * (PRICES.vcpu_second + INSTANCE_GIB * PRICES.gib_second) },
    ...claimLines(traffic.firestore, claims, copies),
    { service: 'BigQuery', what: 'journal (insertAll)', usd: ((Math.max(INSERT_LEAST_BYTES, row) * n) / (200 * MIB)) * PRICES.insert_all_200_mib },
    { service: 'BigQuery', what: 'scheduled SQL', usd: scheduled.usd_per_day * DAYS },
    { service: 'BigQuery', what: 'storage: archive, journal (400 days), ledger (for good)', usd: storage(traffic, posted) },
    { service: 'Scheduler', what: `${JOBS} jobs`, usd: JOBS * PRICES.scheduler_job_month },
    { service: 'Logging', what: 'sampled and summed up', usd: ((traffic.log_bytes * n) / GIB) * PRICES.logging_gib },
  ];
  const usd = lines.reduce((sum, line) => sum + line.usd, 0);
  const million = n / 1e6;
  return { lines, usd, usd_per_million: usd / million, scheduled, scheduled_usd_per_million: (scheduled.usd_per_day * DAYS) / million, dataflow_usd: dataflow(n) };
}

/** A million operations of each edition, in USD. */
const CLAIM_PRICES = {
  standard: { write: PRICES.firestore_writes_100k * 10, read: PRICES.firestore_reads_100k * 10, remove: PRICES.firestore_deletes_100k * 10, gib: PRICES.firestore_gib_month },
  enterprise: { write: PRICES.enterprise_write_units_million, read: PRICES.enterprise_read_units_million, remove: PRICES.enterprise_write_units_million, gib: PRICES.enterprise_gib_month },
} as const;

function claimLines(edition: Traffic['firestore'], claims: number, copies: number): CostLine[] {
  const price = CLAIM_PRICES[edition];
  const made = (claims - copies) / 1e6;
  return [
    { service: 'Firestore', what: `claims made (${edition} edition)`, usd: made * price.write },
    { service: 'Firestore', what: 'claims read (copies)', usd: (copies / 1e6) * price.read },
    { service: 'Firestore', what: 'claims deleted by TTL', usd: made * price.remove },
    { service: 'Firestore', what: 'claims kept', usd: (((claims / DAYS) * CLAIM_DAYS * CLAIM_BYTES) / GIB) * price.gib },
  ];
}

/** Seconds of an instance that one message is billed: shared with those worked on at the same time, but never less than its CPU. */
export function instanceSeconds({ seconds, concurrency, cpu_seconds }: Traffic): number {
  return Math.max(seconds / concurrency, cpu_seconds / TARGET_USE);
}

function storage(traffic: Traffic, posted: number): number {
  const archive = ['subscription_name', 'message_id', 'data', 'attributes'].reduce((sum, name) => sum + columnBytes(name, 'STRING'), 8);
  const kept = Math.min(traffic.months, EXPIRY_MONTHS);
  return stored((archive + rowBytes(paymentJournal)) * traffic.messages_per_month, kept) + stored(rowBytes(paymentTransactions) * posted, traffic.months);
}

/** Bytes a month, kept for so many months: the last three at the active price. */
function stored(bytes_per_month: number, months: number): number {
  const active = Math.min(months, LONG_TERM_MONTHS);
  return (bytes_per_month / GIB) * (active * PRICES.storage_active_gib_month + (months - active) * PRICES.storage_long_term_gib_month);
}

/** The same messages through streaming workers that always run. */
export function dataflow(messages_per_month: number): number {
  return Math.ceil(messages_per_month / DATAFLOW.worker_messages_month) * DATAFLOW.worker_month + (messages_per_month / 1e6) * DATAFLOW.million_messages;
}
