import { hasLedger, openStore } from '../../adapters/embedded/store.ts';
import { DEFAULT_SETTINGS } from '../../config.ts';
import { formatMicros, type Micros } from '../../payment/time.ts';
import { formatDuration, formatSetting, resolveSettings, SETTINGS, type SettingSource } from '../settings.ts';
import { readSettingChanges, readStoredSettings } from '../stored-settings.ts';
import { type AddCommand, type CommonOptions, terminalFor, withCommonOptions, withSettings } from './command.ts';

/** `payments config`: each setting in force, and where it comes from. Makes no store. */
export const configCommand: AddCommand = (program) => {
  const command = program.command('config').description('show what is in force and where it comes from: a flag, payments.config.json, the store, or the default');
  withSettings(withCommonOptions(command)).action(async (options: CommonOptions) => {
    const terminal = terminalFor(options);
    const { values, changes } = await readStore(options.dataDir);
    const { settings, from } = resolveSettings(options, values);
    const rows = SETTINGS.map((rule) => ({
      setting: rule.name,
      value: formatSetting(settings[rule.name]),
      ...origin(from[rule.name], settings[rule.name] === DEFAULT_SETTINGS[rule.name], changes.get(rule.name)),
      bounds: rule.between ? `${formatDuration(rule.between[0])} to ${formatDuration(rule.between[1])}` : (rule.choices?.join(', ') ?? ''),
      meaning: rule.says,
    }));
    if (options.json) terminal.printJson(rows);
    else for (const row of rows) terminal.print(`${row.setting.padEnd(22)}${row.value.padEnd(16)}${originText(row).padEnd(35)}${row.meaning}${row.bounds ? ` (${row.bounds})` : ''}`);
  });
};

/** Where a value comes from. */
interface Origin {
  readonly from: SettingSource;
  /** When it was last changed, RFC 3339; null where it never was, or doesn't come from the store. */
  readonly changed_at: string | null;
}

/** A store keeps every setting from its first use on, so what it holds is a default as long as nobody asked for anything else. */
function origin(from: SettingSource, isDefault: boolean, changed: Micros | undefined): Origin {
  if (from !== 'this store') return { from, changed_at: null };
  if (changed === undefined) return { from: isDefault ? 'default' : from, changed_at: null };
  return { from, changed_at: formatMicros(changed) };
}

function originText({ from, changed_at }: Origin): string {
  if (from !== 'this store') return from;
  return changed_at === null ? 'this store (its first use)' : `this store (changed on ${changed_at.slice(0, 10)})`;
}

/** What a store was last used with, and when that was changed; nothing where there is no store. */
async function readStore(directory: string): Promise<{ values: ReadonlyMap<string, string>; changes: ReadonlyMap<string, Micros> }> {
  if (!hasLedger(directory)) return { values: new Map(), changes: new Map() };
  const store = await openStore(directory, { readOnly: true });
  try {
    return { values: await readStoredSettings(store.connection), changes: await readSettingChanges(store.connection) };
  } finally {
    store.close();
  }
}
