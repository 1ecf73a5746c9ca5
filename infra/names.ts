import type { FunctionName } from '../functions/deployed/function-variables.ts';

/** What things are called on Google Cloud. A name is part of a filter, a runbook, a grant: it never changes with the stack. */

export const TOPICS = {
  payments: 'payments',
  redrive: 'payments-redrive',
  dead_letters: 'payments-dead-letters',
  archive_dead_letters: 'payments-archive-dead-letters',
} as const;

export const SUBSCRIPTIONS = {
  /** Pushes payments to process-payment. */
  process: 'payments-process',
  /** Writes the raw archive. */
  archive: 'payments-archive',
  /** Pushes re-published messages to process-redrive. */
  redrive: 'payments-redrive-process',
  /** Pushes dead letters to keep-dead-letter. */
  keep: 'payments-dead-letters-keep',
  /** Keeps dead letters for people, whatever becomes of the function. */
  parked: 'payments-dead-letters-parked',
  /** Keeps what the archive could not take. */
  archive_parked: 'payments-archive-dead-letters-parked',
} as const;

export const DATASETS = { payments: 'payments', scratch: 'payments_scratch', finance: 'payments_finance' } as const;

export const CLAIMS_COLLECTION = 'claims';

/** The scheduler's jobs, by what they do. */
export const JOBS = { post: 'post-ledger', sweep: 'sweep-late', audit: 'audit-unposted', reconcile: 'reconcile', report: 'publish-report' } as const;
export type JobName = keyof typeof JOBS;

/** Service accounts that are no function's: who pushes, who schedules, who builds. */
export const ACCOUNTS = { push: 'payments-push', scheduler: 'payments-scheduler', build: 'payments-build' } as const;
export type AccountName = keyof typeof ACCOUNTS;

/** Roles of our own, where Google's hold more than is needed. */
export const ROLES = { append: 'paymentsAppendRows', claim: 'paymentsMakeClaims', run_jobs: 'paymentsRunJobs', publish_reports: 'paymentsPublishReports' } as const;
export type RoleName = keyof typeof ROLES;

/** A function's folder and resource: `processPayment` is `process-payment`. */
export function kebab(functionName: FunctionName): string {
  return functionName.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A function's service and account: `processPayment` is `payments-process-payment`. */
export function serviceName(functionName: FunctionName): string {
  return `payments-${kebab(functionName)}`;
}

export function accountEmail(accountId: string, project: string): string {
  // A project of an organisation's domain, `example.com:name`, has its parts turned round.
  return `${accountId}@${project.includes(':') ? project.split(':').reverse().join('.') : project}.iam.gserviceaccount.com`;
}

export function topicPath(topic: string, project: string): string {
  return `projects/${project}/topics/${topic}`;
}

export function subscriptionPath(subscription: string, project: string): string {
  return `projects/${project}/subscriptions/${subscription}`;
}

/** A bucket's name; buckets of all projects share one name space. */
export function bucketName(purpose: 'reports' | 'functions', project: string): string {
  return `${project.replaceAll(/[.:]/g, '-')}-payments-${purpose}`;
}

/**
 * Where a function is reached. Known before it exists, so that the function can be told which audience tokens must name.
 * https://cloud.google.com/run/docs/triggering/https-request#deterministic
 */
export function serviceAddress(functionName: FunctionName, projectNumber: string, region: string): string {
  return `https://${serviceName(functionName)}-${projectNumber}.${region}.run.app`;
}
