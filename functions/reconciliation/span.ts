import { type Micros, MICROS_PER_DAY, MICROS_PER_HOUR, utcDate } from '../payment/time.ts';
import type { SqlParameters } from '../ports.ts';

/** 0001-01-01T00:00:00Z, before all that SQL can hold: looks at everything. */
const BEGINNING: Micros = -62_135_596_800_000_000;
/** How much earlier than it was published a line may be stamped, by two clocks. Prevents a line from being overlooked at the edge of a span. */
const CLOCKS_APART = MICROS_PER_HOUR;

/**
 * From which publish time on messages are compared. Null: from the beginning. Else midnight so many whole days before the last
 * reconciliation that could see everything: what was open then and lies before is carried over, so nothing falls between two spans.
 */
export function spanStart(lastComplete: Micros | null, days: number | null): Micros | null {
  if (days === null || lastComplete === null) return null;
  const midnight = lastComplete - (lastComplete % MICROS_PER_DAY);
  return midnight - days * MICROS_PER_DAY;
}

/**
 * The span as parameters, each a constant, so that BigQuery reads only the partitions that it needs: messages by publish time, lines by
 * stamp, ledger rows by booking date. A row is never booked on a day before its line was stamped.
 */
export function spanParameters(from: Micros | null): SqlParameters {
  const journaled = from === null ? BEGINNING : from - CLOCKS_APART;
  return { published_from: { timestamp: from ?? BEGINNING }, journaled_from: { timestamp: journaled }, booked_from: dayOf(from === null ? null : journaled) };
}

/** A day as a parameter; null is the first that SQL knows. */
export function dayOf(time: Micros | null): { readonly date: string } {
  return { date: time === null ? '0001-01-01' : utcDate(time) };
}

/** The parameters of a span at their widest, as SQL text: for views, which can have none. */
export const WIDEST: Readonly<Record<string, string>> = {
  published_from: `TIMESTAMP_MICROS(${BEGINNING})`,
  journaled_from: `TIMESTAMP_MICROS(${BEGINNING})`,
  booked_from: "DATE '0001-01-01'",
  copies_booked_from: "DATE '0001-01-01'",
};
