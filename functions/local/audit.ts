import { userInfo } from 'node:os';
import type { DataDirectory } from './data-directory.ts';
import { runStatement } from '../adapters/embedded/duckdb-books.ts';
import { readStatement } from '../adapters/embedded/sql-files.ts';
import type { Micros } from '../payment/time.ts';

/** One thing that a person did. */
export interface AuditRow {
  readonly action: 'setting_changed' | 'decided_post' | 'decided_reject';
  readonly message_id?: string;
  readonly data_sha256?: Uint8Array;
  readonly setting?: string;
  readonly old_value?: string;
  readonly new_value?: string;
  readonly reason?: string;
}

/** Now by the store's clock: after everything that it has stamped. The real clock where nothing has come in yet. */
export async function storeNow(directory: DataDirectory): Promise<Micros> {
  const clock = await directory.storedTime('clock');
  const stamp = await directory.storedTime('last_stamp');
  return clock === null && stamp === null ? directory.clock.now() : Math.max(clock ?? 0, stamp ?? 0) + 1;
}

/** Appends a row to the audit log; who did it is the user of the operating system. */
export async function appendAudit(directory: DataDirectory, row: AuditRow): Promise<void> {
  await runStatement(
    directory.store.connection,
    readStatement('jobs/audit/append.sql'),
    {
      // Before the cut of the next posting, even where our clock stands still.
      effective_at: { timestamp: (await storeNow(directory)) - 1 },
      recorded_at: { timestamp: directory.clock.now() },
      actor: userInfo().username,
      action: row.action,
      message_id: row.message_id ?? null,
      data_sha256: row.data_sha256 ?? null,
      setting: row.setting ?? null,
      old_value: row.old_value ?? null,
      new_value: row.new_value ?? null,
      reason: row.reason ?? null,
    },
    'jobs/audit/append.sql',
  );
}
