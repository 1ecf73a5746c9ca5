import type { Settings } from '../config.ts';
import type { Configuration } from './configuration.ts';

/** The names of the deployed functions, each an export of functions/index.ts. */
export const FUNCTION_NAMES = ['processPayment', 'processRedrive', 'keepDeadLetter', 'postLedger', 'sweepLate', 'reconcile', 'publishReport'] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

const DOOR = ['project', 'caller', 'audience', 'token_keys_url', 'token_signature', 'request_timeout'] as const;
const JOURNAL = ['location', 'dataset'] as const;
const CLAIMS = ['claims_database', 'claims_collection'] as const;
const BOOKS = ['location', 'dataset', 'scratch_dataset'] as const;
const PROTOCOL = [
  'watermark', 'claim_slack', 'orphan_grace', 'clock_skew_tolerance', 'missing_after', 'warning_age', 'identity_scope', 'producer',
] as const satisfies readonly (keyof Settings)[];

/** What each function reads of the configuration, and nothing else. */
export const FUNCTION_VARIABLES = {
  processPayment: [...DOOR, ...JOURNAL, ...CLAIMS, 'subscription', ...PROTOCOL],
  processRedrive: [...DOOR, ...JOURNAL, ...CLAIMS, 'redrive_subscription', ...PROTOCOL],
  keepDeadLetter: [...DOOR, ...JOURNAL, 'dead_letter_subscription', 'redrive_subscription', ...PROTOCOL],
  postLedger: [...DOOR, ...BOOKS, 'settle', ...PROTOCOL],
  sweepLate: [...DOOR, ...BOOKS, 'settle', ...PROTOCOL],
  reconcile: [...DOOR, ...BOOKS, 'reconcile_days', 'subscription', 'redrive_subscription', 'dead_letter_subscription', 'archive_subscription', 'redrive_topic', 'jobs', 'jobs_location', 'monitoring_url', 'scheduler_url', ...PROTOCOL],
  publishReport: [...DOOR, ...BOOKS, 'reports_bucket', 'report_retention'],
} as const satisfies Record<FunctionName, readonly (keyof Configuration)[]>;

/** What one function is told. */
export type ConfigurationOf<Name extends FunctionName> = Pick<Configuration, (typeof FUNCTION_VARIABLES)[Name][number]>;
