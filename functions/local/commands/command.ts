import type { Command } from 'commander';
import { Option } from 'commander';
import { writeFact } from '../../adapters/embedded/checkpoints.ts';
import type { Settings } from '../../config.ts';
import { type BooksToRead, type DataDirectory, openDataDirectory, readDataDirectory } from '../data-directory.ts';
import type { ExitCode } from '../../failure.ts';
import { checkSettings, formatSetting, resolveSettings, SETTINGS } from '../settings.ts';
import { realTerminal, type Terminal } from '../terminal.ts';
import { appendAudit } from '../audit.ts';
import { requireLedger } from '../../adapters/embedded/store.ts';
import { requireSameScope } from '../identity-scope.ts';
import { readStoredSettings } from '../stored-settings.ts';

/** Adds one command to the program; `finish` takes its exit code. */
export type AddCommand = (program: Command, finish: (code: ExitCode) => void) => void;

/** Options that every command on a data directory has. */
export interface CommonOptions extends Record<string, unknown> {
  readonly dataDir: string;
  readonly json?: boolean;
}

/** Where the data lives when nothing else is said. */
export const DEFAULT_DATA_DIRECTORY = './payments-data';

/** Adds --data-dir and --json. */
export function withCommonOptions(command: Command): Command {
  return command.option('--data-dir <directory>', 'where ledger.duckdb and claims.sqlite live', DEFAULT_DATA_DIRECTORY).option('--json', 'print the result for machines');
}

/** Adds a flag for every setting of the protocol. */
export function withSettings(command: Command): Command {
  for (const rule of SETTINGS) {
    const option = new Option(`${rule.flag} <${rule.between ? 'duration' : rule.choices ? rule.choices.join('|') : 'name'}>`, rule.says);
    command.addOption(option);
  }
  return command;
}

/** The terminal for a command's options. */
export function terminalFor(options: { readonly json?: boolean }): Terminal {
  return realTerminal(options.json === true);
}

/** As `inDirectory`, for what is already there. Throws `Failure` (exit 3), and makes nothing, where no ledger is. */
export async function inExistingDirectory<Result>(options: CommonOptions, run: (directory: DataDirectory) => Promise<Result>): Promise<Result> {
  checkSettings(options);
  requireLedger(options.dataDir);
  return inDirectory(options, run);
}

/** As `inExistingDirectory`, for what only reads: nothing is written, and others may read at the same time. */
export async function readingDirectory<Result>(options: CommonOptions, run: (directory: BooksToRead) => Promise<Result>): Promise<Result> {
  const settings = checkSettings(options);
  const directory = await readDataDirectory(options.dataDir, settings);
  try {
    return await run({ ...directory, settings: (await settingsInForce(directory, options)).settings });
  } finally {
    directory.close();
  }
}

/** Opens (and makes, where absent) the data directory with the settings in force, writes an audit row for each that changed, runs, and closes. */
export async function inDirectory<Result>(options: CommonOptions, run: (directory: DataDirectory) => Promise<Result>): Promise<Result> {
  const settings = checkSettings(options); // faults show before anything is opened or made
  const directory = await openDataDirectory(options.dataDir, settings);
  try {
    const { stored, settings: resolved } = await settingsInForce(directory, options);
    await keepSettings(directory, stored, resolved);
    return await run({ ...directory, settings: resolved });
  } finally {
    directory.close();
  }
}

/** The settings in force, and those that the store was last used with. Throws `Failure` (exit 2), before any is kept, where this store can't have them. */
async function settingsInForce({ store }: BooksToRead, options: CommonOptions): Promise<{ stored: ReadonlyMap<string, string>; settings: Settings }> {
  const stored = await readStoredSettings(store.connection);
  const { settings } = resolveSettings(options, stored);
  await requireSameScope(store.connection, settings.identity_scope);
  return { stored, settings };
}

async function keepSettings(directory: DataDirectory, stored: ReadonlyMap<string, string>, settings: Settings): Promise<void> {
  const { connection } = directory.store;
  for (const { name } of SETTINGS) {
    const value = formatSetting(settings[name]);
    const before = stored.get(name);
    if (before === value || (before === undefined && value === '')) continue;
    await connection.run('BEGIN TRANSACTION');
    await writeFact(connection, `setting.${name}`, value);
    if (before !== undefined) await appendAudit(directory, { action: 'setting_changed', setting: name, old_value: before, new_value: value });
    await connection.run('COMMIT');
  }
}
