import { type Reconciled, reconciledOf } from '../facts/judge-reconciliation.ts';
import { JOBS } from '../../infra/names.ts';
import { LOOK_EVERY_MILLISECONDS, RECONCILE_ROUND_MILLISECONDS } from '../limits.ts';
import { smokeSql } from '../sql-file.ts';
import { waitUntil } from '../wait.ts';
import type { Around } from './around.ts';
import { type AfterRounds, inRounds } from './rounds.ts';

/**
 * Runs the sweep, without which a reconciliation is incomplete, then reconciles until one has seen the posting of this run and is complete:
 * figures of a new subscription take minutes.
 */
export async function reconcileAfter(around: Around, posting_run: bigint): Promise<AfterRounds<Reconciled | null>> {
  await sweepOnce(around);
  const before = (await newest(around, 0n))?.reconciliation ?? 0n;
  return inRounds<Reconciled | null>({
    start: () => around.stack.jobs.run(JOBS.reconcile),
    look: async () => {
      const found = await newest(around, before);
      return found !== null && found.posting_run >= posting_run ? found : null;
    },
    isDone: (found) => found !== null && found.verdict !== 'incomplete',
    progress: (found) => around.progress(found === null ? 'waiting for a reconciliation' : `reconciliation ${found.reconciliation}: ${found.verdict}. ${found.reason}`),
    most: around.most,
    each: RECONCILE_ROUND_MILLISECONDS,
  });
}

/** The newest after one; null where there is none. */
async function newest(around: Around, after: bigint): Promise<Reconciled | null> {
  const [row] = await around.stack.books.query(smokeSql('reconciliations'), { reconciliation: after });
  return row ? reconciledOf(row) : null;
}

/** On a new stack the sweep may never have run. How it ends is seen by the reconciliation. */
async function sweepOnce({ stack: { jobs }, progress, most }: Around): Promise<void> {
  await jobs.run(JOBS.sweep).catch(() => undefined);
  await waitUntil({
    look: async () => (await jobs.list()).find(({ name }) => name === JOBS.sweep),
    isDone: (sweep) => sweep === undefined || sweep.last_attempt_at !== null,
    progress: () => progress('waiting for sweep-late'),
    most: Math.min(most, RECONCILE_ROUND_MILLISECONDS),
    every: LOOK_EVERY_MILLISECONDS,
  });
}
