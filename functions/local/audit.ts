import { userInfo } from 'node:os';
import type { DataDirectory } from './data-directory.ts';
import { storeNow } from './store-clock.ts';

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

/** Appends a row to the audit log; who did it is the user of the operating system. */
export async function appendAudit(directory: DataDirectory, row: AuditRow): Promise<void> {
  await directory.books.query('jobs/audit/append.sql', {
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
  });
}
