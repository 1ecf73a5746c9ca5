/** How often the scheduled jobs run on Google Cloud, in minutes, at a size of the ledger. */
export interface Intervals {
  readonly below_rows: number;
  readonly post_minutes: number;
  /** From 10⁹ rows on a sweep does the posting's work as well, and `post` is not scheduled. */
  readonly sweep_minutes: number;
  readonly reconcile_minutes: number;
}

const HOUR = 60;
const DAY = 24 * HOUR;

/**
 * Each posting reads the 16-byte key of every ledger row (18 B a row, BigQuery's price is for bytes read), so the interval follows the
 * ledger's size: scheduled SQL then stays below what claims cost. `npm run cost` shows it; docs/cost.md has this table.
 */
export const INTERVALS: readonly Intervals[] = [
  { below_rows: 1e7, post_minutes: 5, sweep_minutes: HOUR, reconcile_minutes: HOUR },
  { below_rows: 1e8, post_minutes: 30, sweep_minutes: 4 * HOUR, reconcile_minutes: 6 * HOUR },
  { below_rows: 1e9, post_minutes: 2 * HOUR, sweep_minutes: 8 * HOUR, reconcile_minutes: 12 * HOUR },
  { below_rows: 1e10, post_minutes: 8 * HOUR, sweep_minutes: 8 * HOUR, reconcile_minutes: DAY },
  { below_rows: Infinity, post_minutes: DAY, sweep_minutes: DAY, reconcile_minutes: DAY },
];

/** Ledger rows from which on one run is both posting and sweep. */
export const ONE_RUN_FROM_ROWS = 1e9;

/** The intervals for a ledger of so many rows. */
export function intervalsFor(ledgerRows: number): Intervals {
  return INTERVALS.find(({ below_rows }) => ledgerRows < below_rows) ?? INTERVALS[INTERVALS.length - 1];
}
