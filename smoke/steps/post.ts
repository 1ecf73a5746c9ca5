import { isInLedger } from '../facts/judge-ledger.ts';
import { JOBS } from '../../infra/names.ts';
import type { SqlRow } from '../../functions/ports.ts';
import { ROUND_MILLISECONDS } from '../limits.ts';
import { smokeSql } from '../sql-file.ts';
import type { Published } from '../traffic/sent.ts';
import { type Around, spanOf } from './around.ts';
import { type AfterRounds, inRounds } from './rounds.ts';

/** What came of the postings. */
export interface Posted {
  readonly waited: AfterRounds<SqlRow[]>;
  /** Postings, two a round. */
  readonly started: number;
  /** The last run before. */
  readonly run_before: bigint;
}

/** Starts two postings at once by the scheduler, again and again until each payment is in the ledger: a stack leaves the newest lines alone for a while. */
export async function postTwoAtOnce(around: Around, published: readonly Published[]): Promise<Posted> {
  const { books, jobs } = around.stack;
  const [{ last_run }] = await books.query(smokeSql('posting-runs'), { run: 0n });
  const names = new Set((await jobs.list()).map(({ name }) => name));
  // From 10⁹ ledger rows on a sweep does the posting's work, and there is no other job.
  const job = names.has(JOBS.post) || !names.has(JOBS.sweep) ? JOBS.post : JOBS.sweep;
  const expected = around.traffic.rows.length;
  const waited = await inRounds({
    start: () => Promise.all([jobs.run(job), jobs.run(job)]),
    look: () => books.query(smokeSql('ledger'), spanOf(around, published)),
    isDone: (rows) => isInLedger(around.traffic, rows),
    progress: (rows) => around.progress(`${job} was started twice at once: ${new Set(rows.map(({ transaction_id }) => transaction_id)).size} of ${expected} payments are in the ledger`),
    most: around.most,
    each: ROUND_MILLISECONDS,
  });
  return { waited, started: 2 * waited.started, run_before: last_run as bigint };
}
