import { GOOGLE_TABLES } from '../../../sql/tables/index.ts';
import { MESSAGE_TABLES } from '../../reconciliation/message-tables.ts';
import { MISSING_TABLE } from '../../reconciliation/republish-missing.ts';

/** Where the books stand in BigQuery. */
export interface BooksPlace {
  readonly project: string;
  /** Tables and views. */
  readonly dataset: string;
  /** What a reconciliation makes on its way; its tables expire by themselves. */
  readonly scratch_dataset: string;
}

/** What seeds each head, by its table. */
export const HEADS = { posting_head: 'jobs/post/seed-head.sql', reconciliation_head: 'jobs/reconcile/seed-head.sql' } as const;

/** The views, each before those that read it. */
export const VIEW_FILES = [
  'views/google/10-archived-messages.sql',
  'views/20-published-payments.sql',
] as const;

/** The views that read `message_dispositions`. */
export const VIEW_FILES_ON_DISPOSITIONS = [
  'views/on-dispositions/10-payment-transactions-live.sql',
  'views/on-dispositions/20-duplicate-payments.sql',
  'views/on-dispositions/30-conflicting-payments.sql',
  'views/on-dispositions/40-late-payments.sql',
  'views/on-dispositions/50-rejected-messages.sql',
  'views/on-dispositions/60-fraud-review.sql',
  'views/on-dispositions/70-payment-metrics.sql',
  'views/on-dispositions/80-reconciliation-daily.sql',
] as const;

/** A view's name from its file: `views/20-published-payments.sql` → `published_payments`. */
export function viewName(file: string): string {
  return file.replace(/^.*\/\d+-/, '').replace(/\.sql$/, '').replaceAll('-', '_');
}

/** Tables and views that stay. */
export const BOOK_NAMES: ReadonlySet<string> = new Set([
  ...GOOGLE_TABLES.map(({ name }) => name),
  ...[...VIEW_FILES, ...VIEW_FILES_ON_DISPOSITIONS].map(viewName),
  'message_dispositions',
]);

/** Tables that one reconciliation makes and drops. */
export const SCRATCH_NAMES: ReadonlySet<string> = new Set(['reconcile_bounds', MISSING_TABLE[0], ...MESSAGE_TABLES.map(([name]) => name)]);
