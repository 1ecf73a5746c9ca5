import type { Books, Ids, SqlParameters } from '../ports.ts';
import { MICROS_PER_HOUR, type Micros } from '../payment/time.ts';
import { bookingDay } from './booking-day.ts';

/** The statements of one posting, in order; the head comes first, before any other table is read. */
export const POSTING = ['jobs/post/1-head.sql', 'jobs/post/2-payments.sql', 'jobs/post/3-run.sql', 'jobs/post/4-totals.sql'] as const;

/** Hours of journal that a `post` looks at again. Prevents lines that showed late from being skipped. */
export const POST_LOOK_BACK = 2 * MICROS_PER_HOUR;
/** What a sweep looks back beyond the orphan grace. Prevents a duplicate whose grace is just over from being skipped. */
export const SWEEP_MARGIN = 2 * MICROS_PER_HOUR;

export type PostingKind = 'post' | 'sweep' | 'audit';

export interface PostingOrder {
  readonly kind: PostingKind;
  /** Lines stamped before this are visible; the day before it is booked into. */
  readonly cut: Micros;
  readonly orphan_grace: Micros;
}

export interface Posting {
  readonly run: number;
  readonly rows_posted: number;
  readonly booking_date: string;
}

/**
 * Posts each payment once: the first postable line of every identity that the ledger doesn't hold. Any repeat, a lost reply
 * included, is just another run. Returns null when another run won: nothing was posted, the next run does it.
 */
export async function post(books: Books, ids: Ids, order: PostingOrder): Promise<Posting | null> {
  const attempt = ids.next();
  const from = await lookBackFrom(books, order);
  const span = { from_time: { timestamp: from }, cut: { timestamp: order.cut } };
  const decided = await earliestDecidedLine(books, span);
  await books.transaction(POSTING, {
    ...span,
    attempt,
    kind: order.kind,
    today: { date: bookingDay(order.cut) },
    posted_at: { timestamp: order.cut },
    earliest_line: { timestamp: Math.min(from, decided ?? from) },
    orphan_grace: BigInt(order.orphan_grace),
  });
  // COMMIT alone proves nothing (DuckDB's COMMIT of a loser was seen to succeed): the row that carries our attempt does.
  const run = (await books.query('jobs/post/run-of-attempt.sql', { attempt }))[0];
  if (!run) return null;
  return { run: Number(run.run), rows_posted: Number(run.rows_posted), booking_date: run.booking_date as string };
}

/** The stamp of the oldest line that a decision made postable in this span; the journal is looked through only where there is a decision. */
async function earliestDecidedLine(books: Books, span: SqlParameters): Promise<Micros | null> {
  const [{ decisions }] = await books.query('jobs/post/decisions.sql', span);
  if (Number(decisions) === 0) return null;
  return ((await books.query('jobs/post/earliest-decided-line.sql', span))[0]?.journaled_at as Micros | null) ?? null;
}

/** From where a run looks at the journal: the cut of the last committed run of its kind, less its look-back; 0 is the beginning. */
async function lookBackFrom(books: Books, order: PostingOrder): Promise<Micros> {
  if (order.kind === 'audit') return 0;
  const last = (await books.query('jobs/post/last-cut.sql', { kind: order.kind }))[0]?.cut as Micros | null;
  if (last === null || last === undefined) return 0;
  if (order.kind === 'post') return last - POST_LOOK_BACK;
  return (await graceChangedSince(books, last)) ? 0 : last - order.orphan_grace - SWEEP_MARGIN;
}

/**
 * Was the orphan grace changed after the last sweep? Under a shorter one, duplicates that still waited then became postable before any
 * look-back of the new grace: they would be skipped for good, so the next sweep looks from the beginning.
 */
async function graceChangedSince(books: Books, lastCut: Micros): Promise<boolean> {
  const changed = (await books.query('jobs/post/grace-changed.sql'))[0]?.changed_at as Micros | null;
  return changed !== null && changed !== undefined && changed >= lastCut - 1; // a change is stamped just before the cut that follows it
}

/** When something not yet posted becomes postable, or null: what a clock that jumps over months asks, to post at the right midnights. */
export async function earliestPostable(books: Books, orphan_grace: Micros): Promise<Micros | null> {
  const from = await lookBackFrom(books, { kind: 'sweep', cut: 0, orphan_grace });
  const row = (await books.query('jobs/post/earliest-postable.sql', { from_time: { timestamp: from }, orphan_grace: BigInt(orphan_grace) }))[0];
  return (row?.postable_at as Micros | null) ?? null;
}
