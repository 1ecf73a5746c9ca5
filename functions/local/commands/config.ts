import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../adapters/embedded/store.ts';
import { formatDuration, formatSetting, resolveSettings, SETTINGS } from '../settings.ts';
import { readStoredSettings } from '../stored-settings.ts';
import { type AddCommand, type CommonOptions, terminalFor, withCommonOptions, withSettings } from './command.ts';

export const configCommand: AddCommand = (program) => {
  const command = program.command('config').description('show what is in force and where it comes from: a flag, payments.config.json, the store, or the default');
  withSettings(withCommonOptions(command)).action(async (options: CommonOptions) => {
    const terminal = terminalFor(options);
    const { settings, from } = resolveSettings(options, await storedSettings(options.dataDir));
    const rows = SETTINGS.map((rule) => ({
      setting: rule.name,
      value: formatSetting(settings[rule.name]),
      from: from[rule.name],
      bounds: rule.between ? `${formatDuration(rule.between[0])} to ${formatDuration(rule.between[1])}` : (rule.choices?.join(', ') ?? ''),
      meaning: rule.says,
    }));
    if (options.json) terminal.printJson(rows);
    else for (const row of rows) terminal.print(`${row.setting.padEnd(22)}${row.value.padEnd(16)}${row.from.padEnd(22)}${row.meaning}${row.bounds ? ` (${row.bounds})` : ''}`);
  });
};

async function storedSettings(directory: string): Promise<Map<string, string>> {
  if (!existsSync(join(directory, 'ledger.duckdb'))) return new Map();
  const store = await openStore(directory, { readOnly: true });
  try {
    return await readStoredSettings(store.connection);
  } finally {
    store.close();
  }
}
