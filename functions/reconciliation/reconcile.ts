import type { Settings } from '../config.ts';
import { SWEEP_MARGIN } from '../ledger/post.ts';
import type { Micros } from '../payment/time.ts';
import type { Books, Ids, SqlParameters } from '../ports.ts';
import { BREAK_TYPES, breakStatement } from './breaks.ts';
import { forgetMessageTables, lookAtPart, makeMessageTables, type MessageBounds } from './make-message-tables.ts';
import { dayOf, spanParameters, spanStart } from './span.ts';
import { takeNumber } from './take-number.ts';
import { judgeReconciliation, type Verdict } from './verdict.ts';

export interface ReconcileOptions {
  /** Now by the store's clock. */
  readonly now: Micros;
  readonly settings: Settings;
  readonly ids: Ids;
  /** Why not everything can be compared, found by the target: a source empty or behind. What is missing then may be on its way. */
  readonly incomplete: readonly string[];
  /** Jobs that did not run when they should have. The verdict is *incomplete* as well; but what is missing is missing, whatever they do. */
  readonly late_jobs?: readonly string[];
  /** Messages compared at a time; the default fits the memory that DuckDB is given. */
  readonly messages_in_part?: number;
  /** Whole days of messages that are compared, before the last reconciliation that could see everything. Absent or null: all messages. */
  readonly days?: number | null;
}

export interface ReconciliationResult {
  readonly reconciliation: number;
  /** Messages published from here on were compared; null means all. */
  readonly published_from: Micros | null;
  readonly verdict: Verdict;
  readonly reason: string;
  /** Whether messages may be on their way: then none is called missing. */
  readonly is_behind: boolean;
  readonly errors: number;
  readonly warnings: number;
  /** Messages published, and by disposition. */
  readonly messages: Readonly<Record<string, number>>;
  readonly breaks: readonly { readonly break_type: string; readonly severity: string; readonly breaks: number }[];
}

/** Before every time that we accept: an age limit that nothing reaches. */
const NEVER: Micros = 0;

/**
 * Proves the books: what was published (the archive's bytes, read in SQL) against what was posted (the ledger's own amounts), for
 * each message and in total. Appends the run, its totals and its breaks; safe to repeat.
 */
export async function reconcile(books: Books, options: ReconcileOptions): Promise<ReconciliationResult> {
  const last = await lastRun(books);
  const published_from = spanStart(last.complete_at, options.days ?? null);
  const span = spanParameters(published_from);
  const is_behind = options.incomplete.length > 0;
  const bounds: MessageBounds = {
    ...span,
    previous: last.reconciliation,
    is_behind,
    missing_before: { timestamp: options.now - options.settings.missing_after },
    ahead_after: { timestamp: options.now + options.settings.missing_after },
  };
  const { parts, doubles_booked_from } = await makeMessageTables(books, bounds, options.messages_in_part);
  const { reconciliation, posting_run } = await takeNumber(books, options.ids);
  await books.query('jobs/reconcile/60-totals.sql', { reconciliation });
  for (const type of BREAK_TYPES.filter(({ whole_only }) => published_from === null || !whole_only)) {
    for (const part of type.in_parts ? parts : parts.slice(0, 1)) {
      if (type.in_parts) await lookAtPart(books, bounds, part);
      await books.query(breakStatement(type.type), { ...span, doubles_booked_from, ...breakParameters(type, reconciliation, options) });
    }
  }
  if (published_from !== null) await books.query('jobs/reconcile/carried.sql', { ...span, ...carriedParameters(last, published_from, reconciliation, options) });

  const counts = (await books.query('jobs/reconcile/counts.sql'))[0];
  const breaks = (await books.query('jobs/reconcile/breaks-by-severity.sql', { reconciliation })).map((row) => ({ break_type: String(row.break_type), severity: String(row.severity), breaks: Number(row.breaks) }));
  const messages = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name.replace('messages_', ''), Number(count)]));
  const evidence = { incomplete: [...options.incomplete, ...(options.late_jobs ?? [])], errors: sum(breaks, 'error'), warnings: sum(breaks, 'warning'), pending: messages.pending };
  const { verdict, reason } = judgeReconciliation(evidence);
  await books.query('jobs/reconcile/90-run.sql', {
    ...(counts as SqlParameters),
    reconciliation,
    now: { timestamp: options.now },
    compared_from: published_from === null ? null : { timestamp: published_from },
    posting_run,
    verdict,
    reason,
    errors: evidence.errors,
    warnings: evidence.warnings,
  });
  await forgetMessageTables(books);
  return { reconciliation, published_from, verdict, reason, is_behind, errors: evidence.errors, warnings: evidence.warnings, messages, breaks };
}

/** The last reconciliation: its number, and when one was last complete. */
async function lastRun(books: Books): Promise<{ reconciliation: number; complete_at: Micros | null }> {
  const [row] = await books.query('jobs/reconcile/last-run.sql');
  return { reconciliation: Number(row.reconciliation ?? 0), complete_at: (row.complete_at as Micros | null) ?? null };
}

function carriedParameters(last: { readonly reconciliation: number }, published_from: Micros, reconciliation: number, { now, settings }: ReconcileOptions): SqlParameters {
  return {
    reconciliation,
    previous: last.reconciliation,
    warning_before: { timestamp: now - settings.warning_age },
    // What settles a break came after it was found, and it was found in a span that began no later than this one.
    lines_since: { timestamp: published_from },
    booked_since: dayOf(published_from),
  };
}

function breakParameters({ type, severity, next_step }: (typeof BREAK_TYPES)[number], reconciliation: number, { now, settings }: ReconcileOptions): SqlParameters {
  return {
    reconciliation,
    break_type: type,
    severity: severity === 'ages' ? 'warning' : severity,
    error_before: { timestamp: severity === 'ages' ? now - settings.warning_age : NEVER },
    next_step,
    claim_life: BigInt(settings.watermark + settings.claim_slack),
    overdue_before: { timestamp: now - settings.orphan_grace - SWEEP_MARGIN },
    transaction_id_is_identity: settings.identity_scope === 'transaction_id',
  };
}

function sum(breaks: readonly { readonly severity: string; readonly breaks: number }[], severity: string): number {
  return breaks.reduce((total, one) => total + (one.severity === severity ? one.breaks : 0), 0);
}
