import { listSqlFiles } from '../../functions/adapters/sql-text.ts';
import type { Micros } from '../../functions/payment/time.ts';
import type { Books } from '../../functions/ports.ts';
import { runChecks } from '../../functions/reconciliation/checks.ts';
import { type Finding, unlessFaults } from '../result.ts';

/** Holds on one machine only, where a single writer stamps line by line: BigQuery may stamp the lines of one call alike. The check `journal-stamps` asks the rest. */
const ONE_MACHINE_ONLY: ReadonlySet<string> = new Set(['checks/30-journal-stamps-are-unique-and-not-in-the-future.sql']);

/** The checks on the books that hold on Google Cloud. */
export const BOOKS_CHECKS: readonly string[] = listSqlFiles('checks').filter((file) => !ONE_MACHINE_ONLY.has(file));

/** Runs them; each holds where it finds no row. */
export async function checkBooks(books: Books, now: Micros, transaction_id_is_identity: boolean): Promise<Finding> {
  const results = await runChecks(books, BOOKS_CHECKS, { now: { timestamp: now }, transaction_id_is_identity });
  const faults = results.filter(({ rows_found }) => rows_found > 0).map(({ file, description, rows_found }) => `not so: ${description} (${rows_found} rows of sql/${file})`);
  return unlessFaults(faults, `${results.length} checks`);
}

/** Is the identity of a payment its transaction_id? As the functions have written it down; that is the standard. */
export async function isIdItsIdentity(books: Books): Promise<boolean> {
  const settings = await books.query('jobs/audit/settings-in-force.sql');
  const scope = settings.find(({ setting }) => setting === 'identity_scope')?.new_value ?? 'transaction_id';
  return scope === 'transaction_id';
}
