import { readFileSync } from 'node:fs';
import { POSTING } from '../functions/ledger/post.ts';
import { BREAK_TYPES, breakStatement } from '../functions/reconciliation/breaks.ts';
import { MESSAGE_TABLES } from '../functions/reconciliation/message-tables.ts';

/** One statement that a scheduled run executes; `makes`: the scratch table that it fills. */
export interface Scheduled {
  readonly run: 'post' | 'reconcile';
  readonly file: string;
  readonly makes?: string;
}

const makes = ([makes, file]: readonly [string, string]): Scheduled => ({ run: 'reconcile', file, makes });
const query = (run: Scheduled['run']) => (file: string): Scheduled => ({ run, file });

/** What `post` and `sweep` run, and what a reconciliation of the last days runs, in order. */
export const SCHEDULED: readonly Scheduled[] = [
  ...['jobs/post/last-cut.sql', 'jobs/post/grace-changed.sql', 'jobs/post/decisions.sql', ...POSTING, 'jobs/post/run-of-attempt.sql'].map(query('post')),
  query('reconcile')('jobs/reconcile/last-run.sql'),
  makes(['reconcile_bounds', 'jobs/reconcile/bounds.sql']),
  ...MESSAGE_TABLES.map(makes),
  query('reconcile')('jobs/reconcile/booked-from.sql'),
  ...['count-archived', 'count-published'].map((name) => query('reconcile')(`jobs/reconcile/${name}.sql`)),
  ...['take-number', 'number-taken'].map((name) => query('reconcile')(`jobs/reconcile/${name}.sql`)),
  query('reconcile')('jobs/reconcile/60-totals.sql'),
  ...BREAK_TYPES.filter(({ whole_only }) => !whole_only).map(({ type }) => query('reconcile')(breakStatement(type))),
  ...['carried', 'counts', 'breaks-by-severity', '90-run'].map((name) => query('reconcile')(`jobs/reconcile/${name}.sql`)),
];

const SQL = new URL('../sql/', import.meta.url);
const VIEWS: readonly (readonly [string, string])[] = [
  ['published_payments', 'views/20-published-payments.sql'],
  ['archived_messages', 'views/google/10-archived-messages.sql'],
];

/** A statement's text with the views that it reads written out, so that the columns of their tables show. */
export function statementText(file: string): string {
  let sql = readFileSync(new URL(file, SQL), 'utf8');
  for (const [name, view] of VIEWS) {
    const text = readFileSync(new URL(view, SQL), 'utf8').replace(/^[\s\S]*?CREATE OR REPLACE VIEW \w+ AS/, '');
    sql = sql.replace(new RegExp(`\\bFROM ${name}\\b(?! AS)`, 'g'), () => `FROM (${text}) AS ${name}`); // a function, since $' in a text would be a pattern
  }
  return sql;
}
