import { describeError } from '../adapters/google/error-kinds.ts';
import type { Settings } from '../config.ts';
import type { Backlog, Books, Clock, Ids, Jobs, Log, LogSeverity, Redrive } from '../ports.ts';
import { lateJobs } from '../reconciliation/late-jobs.ts';
import { reconcile } from '../reconciliation/reconcile.ts';
import { republishMissing } from '../reconciliation/republish-missing.ts';
import type { Verdict } from '../reconciliation/verdict.ts';
import type { Answer } from './answer.ts';

/** Messages compared at a time: all. BigQuery spreads a comparison over its machines by itself, and each further part reads the tables again. */
export const MESSAGES_IN_PART = Number.MAX_SAFE_INTEGER;

export interface ReconcileJob {
  readonly books: Books;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly settings: Settings;
  readonly days: number;
  readonly backlog: Backlog;
  readonly jobs: Jobs;
  /** The jobs without which books are not complete. */
  readonly needed_jobs: readonly string[];
  readonly redrive: Redrive;
}

/** What alerts look for: one text for each verdict. */
export const VERDICT_LINES: Readonly<Record<Verdict, readonly [LogSeverity, string]>> = {
  reconciled: ['INFO', 'books reconciled'],
  pending: ['INFO', 'books reconciled but for what is pending'],
  incomplete: ['WARNING', 'reconciliation incomplete'],
  breaks: ['ERROR', 'reconciliation found breaks'],
};

/** Proves the books and publishes again what is missing. The verdict is in the books, in the log and in the answer, which is 200 whatever it is. */
export async function reconcileJob(job: ReconcileJob, log: Log): Promise<Answer> {
  const { books, clock, ids, settings, days, redrive } = job;
  const [behind, late] = await Promise.all([job.backlog.behind(), whyLate(job)]);
  const result = await reconcile(books, { now: clock.now(), settings, ids, incomplete: behind, late_jobs: late, days, messages_in_part: MESSAGES_IN_PART });
  const [severity, message] = VERDICT_LINES[result.verdict];
  const { reconciliation, verdict, errors, warnings } = result;
  log.write(severity, message, { reconciliation, verdict, errors, warnings, missing: result.messages.missing ?? 0 });
  const published_again = await republishMissing(books, redrive, result, clock.now());
  if (published_again > 0) log.write('WARNING', 'missing messages published again', { messages: published_again });
  return { status: 200, body: { ...result, published_again } };
}

/** The jobs that did not run when they should have, a sentence each, or that nobody can say. */
function whyLate({ jobs, needed_jobs, clock }: ReconcileJob): Promise<string[]> {
  return jobs.list().then((list) => lateJobs(list, needed_jobs, clock.now()), (error: unknown) => [`whether the jobs ran is not known: the scheduler could not be asked (${describeError(error).code ?? 'no code'})`]);
}
