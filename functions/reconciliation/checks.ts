import type { Books, SqlParameters, SqlRow } from '../ports.ts';

/** What one check found; a check holds when it returns no row. */
export interface CheckResult {
  readonly file: string;
  /** What it checks, in plain words. */
  readonly description: string;
  readonly rows_found: number;
  readonly example: SqlRow | null;
}

/** Runs checks. */
export async function runChecks(books: Books, files: readonly string[], parameters: SqlParameters): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const file of files) {
    const rows = await books.query(file, parameters);
    results.push({ file, description: describe(file), rows_found: rows.length, example: rows[0] ?? null });
  }
  return results;
}

/** `checks/10-ledger-holds-each-payment-once.sql` → `ledger holds each payment once`. */
function describe(file: string): string {
  return file.replace(/^.*\/(\d+-)?/, '').replace(/\.sql$/, '').replaceAll('-', ' ');
}
