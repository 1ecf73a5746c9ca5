import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SETTINGS, type Settings } from '../../functions/config.ts';
import { storeNow } from '../../functions/local/store-clock.ts';
import { type DataDirectory, openDataDirectory } from '../../functions/local/data-directory.ts';
import { ingestFile } from '../../functions/local/ingest/ingest-file.ts';
import type { Micros } from '../../functions/payment/time.ts';
import type { SqlRow } from '../../functions/ports.ts';
import { reconcile, type ReconciliationResult } from '../../functions/reconciliation/reconcile.ts';
import { type Published, pushLine } from './published.ts';

/** One row of `reconciliation_breaks`, as tests compare it; `since` in microseconds. */
export interface Break {
  readonly break_id: string;
  readonly break_type: string;
  readonly severity: string;
  readonly transaction_id: string | null;
  readonly message_id: string | null;
  readonly currency: string | null;
  readonly amount: string | null;
  readonly since: Micros | null;
  readonly detail: string;
  readonly next_step: string;
}

export interface Proof extends ReconciliationResult {
  readonly open: readonly Break[];
}

/** A data directory that a test owns. */
export interface TrialStore {
  readonly directory: DataDirectory;
  /** Takes lines in through the real pipeline, as a file of its own. */
  ingest(lines: readonly (Published | string)[]): Promise<void>;
  rows(sql: string): Promise<SqlRow[]>;
  run(sql: string): Promise<void>;
  /** Reconciles as of the store's clock, or of `now`. */
  prove(options?: { now?: Micros; incomplete?: readonly string[]; days?: number }): Promise<Proof>;
  /** Does something to the store, looks at it, and undoes it. */
  trial<Result>(tamper: string | readonly string[], look: () => Promise<Result>): Promise<Result>;
  close(): void;
}

/** Opens a fresh store at `path`. */
export async function trialStore(path: string, settings: Partial<Settings> = {}): Promise<TrialStore> {
  const directory = await openDataDirectory(path, { ...DEFAULT_SETTINGS, ...settings });
  const { connection } = directory.store;
  let files = 0;
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS() as SqlRow[];
  const run = async (sql: string) => void (await connection.run(sql));
  return {
    directory,
    rows,
    run,
    async ingest(lines) {
      const source = `file-${++files}.jsonl`;
      const file = join(path, source);
      writeFileSync(file, lines.map((line) => `${typeof line === 'string' ? line : pushLine(line)}\n`).join(''));
      await ingestFile(directory, { path: file, source, clock: null, accept_all: true });
    },
    async prove(options = {}) {
      const result = await reconcile(directory.books, { now: options.now ?? (await storeNow(directory)), settings: directory.settings, ids: directory.ids, incomplete: options.incomplete ?? [], days: options.days });
      const open = await rows(
        `SELECT break_id, break_type, severity, transaction_id, message_id, currency, CAST(amount AS VARCHAR) AS amount, CAST(epoch_us(since) AS DOUBLE) AS since, detail, next_step
         FROM reconciliation_breaks WHERE reconciliation = ${result.reconciliation} ORDER BY break_type, break_id`,
      );
      return { ...result, open: open as unknown as Break[] };
    },
    async trial(tamper, look) {
      await run('BEGIN TRANSACTION');
      try {
        for (const statement of [tamper].flat()) await run(statement);
        return await look();
      } finally {
        await run('ROLLBACK');
      }
    },
    close: () => directory.close(),
  };
}

/** The types of the breaks that `after` has and `before` has not, each once, in order. */
export function newTypes(before: Proof, after: Proof): string[] {
  return [...new Set(newBreaks(before, after).map((one) => one.break_type))].sort();
}

/** The breaks that `after` has and `before` has not. */
export function newBreaks(before: Proof, after: Proof): Break[] {
  const known = new Set(before.open.map((one) => one.break_id));
  return after.open.filter((one) => !known.has(one.break_id));
}
