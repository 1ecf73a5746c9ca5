import type { Books, Ids } from '../ports.ts';

/** Tries to take a number while others take theirs. Prevents a reconciliation from waiting without end. */
const MOST_TRIES = 10;

/** What a reconciliation is called, and what it compares with. */
export interface NumberTaken {
  readonly reconciliation: number;
  /** The last posting run; 0 where none has run. */
  readonly posting_run: bigint;
}

/**
 * Takes a number that no other reconciliation has, also where several begin at once: each try changes the head's one row under an id of its
 * own, and has a number only if it reads that id back. Throws where it can't be had: there is no head, or more than one.
 */
export async function takeNumber(books: Books, ids: Ids): Promise<NumberTaken> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const attempt = ids.next();
    await books.query('jobs/reconcile/take-number.sql', { attempt });
    const [taken] = await books.query('jobs/reconcile/number-taken.sql', { attempt });
    if (taken) return { reconciliation: Number(taken.reconciliation), posting_run: taken.posting_run as bigint };
  }
  throw new Error(`no reconciliation number in ${MOST_TRIES} tries: reconciliation_head must hold one row`);
}
