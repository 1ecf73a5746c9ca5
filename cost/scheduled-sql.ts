import { type Intervals, intervalsFor, ONE_RUN_FROM_ROWS } from '../functions/ledger/intervals.ts';
import columnsRead from './columns-read.json' with { type: 'json' };
import { PRICES, TIB } from './prices.ts';
import { columnBytes } from './row-bytes.ts';
import { SCHEDULED, type Scheduled } from './scheduled-statements.ts';

/** Rows, on average, in what a statement reads of a table. */
export interface Sizes {
  /** Rows in the ledger. */
  readonly ledger_rows: number;
  /** Messages a day: lines, archive rows. */
  readonly messages_per_day: number;
  /** Days of messages that a reconciliation compares. */
  readonly reconcile_days: number;
}

type Reach = 'ledger' | 'day' | 'look_back' | 'days' | 'exceptions' | 'few';

/** Columns by table by statement, as Google's analyzer gives them; `npm run test:emulators` checks that the file is up to date. */
const READ = columnsRead as Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

const FEW: ReadonlySet<string> = new Set([
  'audit_log', 'posting_head', 'posting_runs', 'posting_totals', 'reconciliation_head', 'reconciliation_runs', 'reconciliation_totals', 'reconciliation_breaks', 'reconcile_bounds', 'reconcile_dead_letters',
  'reconcile_matched', 'reconcile_repeated', 'reconcile_older', 'reconcile_unposted', 'reconcile_identities', 'reconcile_copies', 'reconcile_messages_posted_twice',
  'reconcile_transactions_posted_twice', 'reconcile_identities_posted_twice',
]);
/** A row for each message that did not match. */
const OF_EXCEPTIONS: ReadonlySet<string> = new Set([
  'reconcile_compared', 'reconcile_exceptions', 'reconcile_published', 'reconcile_lines', 'reconcile_postings', 'reconcile_named', 'reconcile_journaled', 'reconcile_published_part', 'reconcile_journaled_part', 'reconcile_messages',
]);
/** How many of all messages don't match, at most: below 1 % in simulated traffic. */
const SHARE_OF_EXCEPTIONS = 0.05;

/** How far a statement reaches into a table: what its constants on partition and cluster columns leave to be read. */
const REACH: Readonly<Record<string, Reach>> = {
  'jobs/post/2-payments.sql payment_transactions': 'ledger',
  'jobs/post/2-payments.sql payment_journal': 'look_back',
  'jobs/post/3-run.sql payment_transactions': 'day',
  'jobs/post/4-totals.sql payment_transactions': 'day',
  'messages/47-identities.sql payment_transactions': 'ledger',
  'jobs/reconcile/breaks/double-posting.sql payment_transactions': 'few', // from the first double on: none
};

/** BigQuery bills at least this a table. https://cloud.google.com/bigquery/pricing */
const LEAST_BYTES = 10 * 1024 * 1024;
/** Streamed rows are clustered in the background, so that some blocks beyond the span are read. */
const CLUSTERING_OVERHEAD = 1.25;
const LOOK_BACK_HOURS = { post: 2, sweep: 26 } as const;

export interface StatementBytes {
  readonly file: string;
  readonly bytes: number;
  readonly tables: readonly { readonly table: string; readonly reach: Reach; readonly columns: readonly string[]; readonly bytes: number }[];
}

/** What one statement reads, by table. */
export function statementBytes({ file }: Scheduled, sizes: Sizes, lookBackDays: number): StatementBytes {
  const tables = Object.entries(READ[file] ?? {}).map(([table, columns]) => {
    const reach = REACH[`${file} ${table}`] ?? (FEW.has(table) ? 'few' : OF_EXCEPTIONS.has(table) ? 'exceptions' : 'days');
    const row = Object.entries(columns).reduce((sum, [name, type]) => sum + columnBytes(name, type), 0);
    return { table, reach, columns: Object.keys(columns), bytes: Math.max(LEAST_BYTES, row * rowsIn(reach, sizes, lookBackDays)) };
  });
  return { file, bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0), tables };
}

function rowsIn(reach: Reach, sizes: Sizes, lookBackDays: number): number {
  switch (reach) {
    case 'ledger':
      return sizes.ledger_rows;
    case 'day':
      return sizes.messages_per_day;
    case 'look_back':
      return sizes.messages_per_day * lookBackDays * CLUSTERING_OVERHEAD;
    case 'days':
      return sizes.messages_per_day * (sizes.reconcile_days + 0.5); // and, on average, half of the day that is not over
    case 'exceptions':
      return rowsIn('days', sizes, lookBackDays) * SHARE_OF_EXCEPTIONS;
    case 'few':
      return 0;
  }
}

export interface ScheduledCost {
  readonly intervals: Intervals;
  readonly runs: readonly { readonly name: string; readonly per_day: number; readonly bytes: number; readonly usd_per_day: number; readonly statements: readonly StatementBytes[] }[];
  readonly usd_per_day: number;
}

/** What all scheduled SQL of a day costs at these sizes, at the intervals of the ledger's size. */
export function scheduledSqlCost(sizes: Sizes): ScheduledCost {
  const intervals = intervalsFor(sizes.ledger_rows);
  const perDay = (minutes: number) => (24 * 60) / minutes;
  const oneRun = sizes.ledger_rows >= ONE_RUN_FROM_ROWS;
  const runs = [
    ...(oneRun ? [] : [run('post', 'post', perDay(intervals.post_minutes), LOOK_BACK_HOURS.post + intervals.post_minutes / 60)]),
    run('sweep', 'post', perDay(intervals.sweep_minutes), LOOK_BACK_HOURS.sweep + intervals.sweep_minutes / 60),
    run('reconcile', 'reconcile', perDay(intervals.reconcile_minutes), 0),
  ];
  return { intervals, runs, usd_per_day: runs.reduce((sum, { usd_per_day }) => sum + usd_per_day, 0) };

  function run(name: string, statementsOf: Scheduled['run'], per_day: number, lookBackHours: number) {
    const statements = SCHEDULED.filter((one) => one.run === statementsOf).map((one) => statementBytes(one, sizes, lookBackHours / 24));
    const bytes = statements.reduce((sum, one) => sum + one.bytes, 0);
    return { name, per_day, bytes, usd_per_day: (bytes / TIB) * PRICES.query_tib * per_day, statements };
  }
}
