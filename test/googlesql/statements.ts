import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { VIEW_FILES, VIEW_FILES_ON_DISPOSITIONS, viewName } from '../../functions/adapters/google/bigquery-names.ts';
import { readSqlText } from '../../functions/adapters/sql-text.ts';
import { MESSAGE_TABLES, messageDispositionsView } from '../../functions/reconciliation/message-tables.ts';
import { MISSING_TABLE } from '../../functions/reconciliation/republish-missing.ts';

export const SQL = fileURLToPath(new URL('../../sql/', import.meta.url));

/** One statement; `makes`: the view or the scratch table that later ones read. */
export interface Statement {
  readonly file: string;
  readonly sql: string;
  readonly makes?: string;
}

const statement = (file: string): Statement => ({ file, sql: readSqlText(file) });
const made = ([makes, file]: readonly [string, string]): Statement => ({ ...statement(file), makes });
const view = (file: string): Statement => ({ file, sql: viewQuery(readSqlText(file)), makes: viewName(file) });

/** A view's query, without the words that create it. */
export function viewQuery(text: string): string {
  return text.replace(/^[\s\S]*?CREATE OR REPLACE VIEW \w+ AS\s/, '');
}

/** The query of an INSERT … SELECT; null where the statement has none. */
export function queryOf(sql: string): string | null {
  const [header = ''] = /^(\s*--[^\n]*\n)*\s*INSERT INTO \w+\s*\([^)]*\)\s*/.exec(sql) ?? [];
  const query = sql.slice(header.length);
  return /^(\s*--[^\n]*\n)*\s*(SELECT|WITH)\b/.test(query) ? query : null;
}

/** Stands for the archive on one machine alone: DuckDB's functions are in it. */
export const ONE_MACHINE_ONLY: readonly string[] = ['views/10-archived-messages.sql'];

/** The views, each before those that read it. */
export const VIEWS: readonly Statement[] = [
  ...VIEW_FILES.map(view),
  { file: 'message_dispositions', sql: viewQuery(messageDispositionsView(readSqlText)), makes: 'message_dispositions' },
  ...VIEW_FILES_ON_DISPOSITIONS.map(view),
];

/** A reconciliation's scratch tables, each before those that read it. */
export const SCRATCH: readonly Statement[] = [made(['reconcile_bounds', 'jobs/reconcile/bounds.sql']), ...[...MESSAGE_TABLES, MISSING_TABLE].map(made)];

/** Everything that reads tables, views and scratch tables. */
export const JOBS: readonly Statement[] = [...globSync('{jobs,checks}/**/*.sql', { cwd: SQL }).sort().map(statement)].filter(({ file }) => !SCRATCH.some((made) => made.file === file));
