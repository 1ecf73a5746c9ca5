import type { Books, SqlRow } from '../../ports.ts';
import { type Micros, MICROS_PER_DAY } from '../../payment/time.ts';
import { MAX_REPUBLISHED_LISTED } from './bounds.ts';
import type { Listed } from './listed.ts';
import { countOf, textOf, timeOf } from './rows.ts';

/** How far back: a week of a daily report. */
const LATELY: Micros = 7 * MICROS_PER_DAY;

/** A missing message that was published again by itself. */
export interface Republished {
  readonly message_id: string;
  /** When last. */
  readonly republished_at: string;
  readonly times: number;
  /** The last reconciliation found no line of it. */
  readonly is_missing: boolean;
}

/** Reads what was published again lately: first what is missing still, then the latest. */
export async function readRepublished(books: Books, reconciliation: number, now: Micros): Promise<Listed<Republished>> {
  const rows = await books.query('jobs/report/published-again.sql', { reconciliation, republished_since: { timestamp: now - LATELY }, list_limit: MAX_REPUBLISHED_LISTED });
  return { items: rows.map(republished), more: rows[0] === undefined ? 0 : countOf(rows[0], 'messages') - rows.length };
}

function republished(row: SqlRow): Republished {
  return { message_id: textOf(row, 'message_id'), republished_at: timeOf(row, 'republished_at'), times: countOf(row, 'times'), is_missing: row.is_missing === true };
}
