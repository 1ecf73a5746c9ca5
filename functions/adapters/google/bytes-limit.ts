import { type Micros, MICROS_PER_HOUR } from '../../payment/time.ts';
import type { SqlRow } from '../../ports.ts';
import type { BigqueryBooks } from './bigquery-books.ts';

/** How many times what the last run was billed a run may be. Prevents a statement that lost its filter from costing a month's money before anybody looks. */
const TIMES = 3n;
/** What a run looks at beside what came since the last one. Prevents a run right after another from having next to no span. */
const LOOK_BACK: Micros = 2 * MICROS_PER_HOUR;

/** A run that was done. */
export interface LastRun {
  readonly recorded_at: Micros;
  /** Microseconds between it and the run before it. */
  readonly span: Micros;
  readonly bytes_billed: bigint;
}

/**
 * Bytes that a run may be billed: three times the last one of its kind, and more where it has more to look at: times span now ÷ span
 * then. Null after no run: no limit.
 */
export function limitFor(last: LastRun | null, now: Micros): bigint | null {
  if (last === null) return null;
  const [span, then] = [BigInt(spanSince(last, now) + LOOK_BACK), BigInt(last.span + LOOK_BACK)];
  const limit = TIMES * last.bytes_billed;
  return span > then ? (limit * span) / then : limit;
}

/** Microseconds since the last run; 0 where there is none. */
function spanSince(last: LastRun | null, now: Micros): Micros {
  return last === null ? 0 : Math.max(0, now - last.recorded_at);
}

/**
 * Does `work` within the limit that follows from the last run of its kind, and keeps what it was billed for the next one, unless it came
 * to nothing: `counts` says so of its result (a posting that lost).
 */
export async function withinLimit<Result>(books: BigqueryBooks, kind: string, now: Micros, work: () => Promise<Result>, counts: (result: Result) => boolean = () => true): Promise<Result> {
  const last = readLast((await books.query('jobs/runs/last.sql', { job: kind }))[0]);
  const limit = limitFor(last, now);
  if (limit !== null) books.limitTo(limit);
  const before = books.billed();
  const result = await work();
  if (!counts(result)) return result;
  const after = books.billed();
  await books.query('jobs/runs/append.sql', {
    job: kind,
    scheduled_at: { timestamp: now },
    recorded_at: { timestamp: now },
    span_micros: spanSince(last, now),
    bytes_billed: after.bytes - before.bytes,
    slot_millis: after.slot_millis - before.slot_millis,
  });
  return result;
}

function readLast(row: SqlRow | undefined): LastRun | null {
  return row ? { recorded_at: row.recorded_at as Micros, span: Number(row.span_micros), bytes_billed: row.bytes_billed as bigint } : null;
}
