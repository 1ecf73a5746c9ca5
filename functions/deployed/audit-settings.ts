import { DEFAULT_SETTINGS, type Settings } from '../config.ts';
import type { Books, Clock } from '../ports.ts';
import { formatSetting, SETTINGS } from '../settings.ts';

/**
 * Appends a row to the audit log for each setting of the protocol that is not what was last audited (a default, where nothing was): a
 * posting looks there whether the orphan grace was changed. Twice is harmless. Returns the names of what changed.
 */
export async function auditSettings(books: Books, clock: Clock, settings: Settings, actor: string): Promise<string[]> {
  const rows = await books.query('jobs/audit/settings-in-force.sql');
  const audited = new Map(rows.map((row) => [String(row.setting), String(row.new_value ?? '')]));
  const changed: string[] = [];
  for (const { name } of SETTINGS) {
    const [old_value, new_value] = [audited.get(name) ?? formatSetting(DEFAULT_SETTINGS[name]), formatSetting(settings[name])];
    if (old_value === new_value) continue;
    const now = { timestamp: clock.now() };
    await books.query('jobs/audit/append.sql', {
      effective_at: now, recorded_at: now, actor, action: 'setting_changed', setting: name, old_value, new_value,
      message_id: null, data_sha256: null, reason: 'the configuration of the deployed functions',
    });
    changed.push(name);
  }
  return changed;
}

/** Does `work` until it has succeeded once; calls at the same time share one. */
export function onceDone<Given>(work: (given: Given) => Promise<unknown>): (given: Given) => Promise<void> {
  let done: Promise<void> | null = null;
  return (given) => {
    done ??= work(given).then(() => undefined, (error: unknown) => {
      done = null;
      throw error;
    });
    return done;
  };
}
