import type { Report } from './report.ts';

/**
 * Every key of a report, in the order in which the file has them, whatever the order in memory. A key that isn't here isn't
 * written: nothing gets into the file unasked.
 */
export const JSON_KEYS: readonly string[] = [
  'version', 'date', 'generated_at',
  'verdict', 'headline', 'reason', 'reconciliation', 'reconciled_at', 'published_from', 'posting_run', 'posting_runs_since', 'errors', 'warnings',
  'actions', 'what', 'severity', 'break_type', 'title',
  'ledger', 'booking_date', 'control_totals', 'currency', 'kind', 'late', 'totals', 'payments',
  'items', 'break_id', 'transaction_id', 'message_id', 'posted_message_id', 'posted_booking_date', 'claim_owner',
  'amount', 'event_time', 'journaled_at', 'producer', 'delay_minutes',
  'booking_days', 'runs', 'run', 'from_time', 'cut', 'posted_at', 'rows_posted', 'postings', 'over', 'closed_by_run', 'closed_at', 'posting_runs',
  'proof', 'messages_published', 'dispositions', 'disposition', 'currencies', 'ties_out',
  'published', 'posted', 'duplicate', 'conflict', 'rejected', 'pending', 'missing', 'difference',
  'messages', 'gross', 'net', 'share', 'meaning', 'kinds', 'kinds_that_differ', 'money_unreadable', 'duplicates_kept_out',
  'breaks', 'by_type', 'ages', 'age', 'amounts', 'amounts_unknown', 'list', 'since', 'age_days', 'detail', 'next_step',
  'conflicts', 'fields', 'field', 'copy',
  'rejects', 'code', 'example', 'source', 'line_number', 'found', 'fix',
  'republished', 'republished_at', 'times', 'is_missing',
  'more',
];

/** The report as JSON, ending in a line feed. Money stays a decimal string: a JSON number would be a float to its reader. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, [...JSON_KEYS], 2)}\n`;
}
