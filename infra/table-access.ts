import type { FunctionName } from '../functions/deployed/function-variables.ts';

/** Tables and views of the books that a job's statements name, those that its views read included. */
export interface TableAccess {
  readonly reads: readonly string[];
  /** It appends to these, and to no other; the two heads alone are updated. */
  readonly writes: readonly string[];
}

const POSTING: TableAccess = {
  reads: ['audit_log', 'job_runs', 'payment_journal', 'payment_transactions', 'posting_head', 'posting_runs'],
  writes: ['audit_log', 'job_runs', 'payment_transactions', 'posting_head', 'posting_runs', 'posting_totals'],
};

/** What each job works on; a test compares it with the statements in `sql/`. */
export const JOB_TABLES: Readonly<Record<Extract<FunctionName, 'postLedger' | 'sweepLate' | 'reconcile' | 'publishReport'>, TableAccess>> = {
  postLedger: POSTING,
  sweepLate: POSTING,
  reconcile: {
    reads: [
      'archived_messages', 'audit_log', 'job_runs', 'payment_journal', 'payment_transactions', 'posting_runs', 'posting_totals', 'published_payments', 'raw_messages', 'reconciliation_breaks',
      'reconciliation_head', 'reconciliation_runs', 'reconciliation_totals',
    ],
    writes: ['audit_log', 'job_runs', 'reconciliation_breaks', 'reconciliation_head', 'reconciliation_runs', 'reconciliation_totals'],
  },
  publishReport: {
    reads: ['audit_log', 'job_runs', 'payment_journal', 'payment_transactions', 'posting_runs', 'reconciliation_breaks', 'reconciliation_runs', 'reconciliation_totals'],
    writes: ['job_runs'],
  },
};
