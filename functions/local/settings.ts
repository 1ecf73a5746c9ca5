import { existsSync, readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS, type Settings } from '../config.ts';
import { EXIT, Failure } from '../failure.ts';
import { readSetting, SETTINGS } from '../settings.ts';

export { formatDuration, formatSetting, SETTINGS } from '../settings.ts';

export type SettingSource = 'flag' | 'payments.config.json' | 'this store' | 'default';
export interface ResolvedSettings {
  readonly settings: Settings;
  readonly from: Readonly<Record<keyof Settings, SettingSource>>;
}

const CONFIG_FILE = 'payments.config.json';

/**
 * Settings in force: a flag before `payments.config.json` before what the store was last used with before the default.
 * Throws `Failure` (exit 2) with every fault at once.
 */
export function resolveSettings(flags: Readonly<Record<string, unknown>>, stored: ReadonlyMap<string, string>): ResolvedSettings {
  const { resolved, faults } = readSettings(flags, stored);
  const { identity_scope, producer } = resolved.settings;
  if (identity_scope !== 'transaction_id' && producer === null) faults.push('identity_scope is producer+transaction_id, so producer must be set (--producer NAME): it is never taken from the message.');
  refuse(faults);
  return resolved;
}

/** Checks flags and `payments.config.json` before a store is opened, which may hold the rest. Throws `Failure` (exit 2) with every fault at once. */
export function checkSettings(flags: Readonly<Record<string, unknown>>): Settings {
  const { resolved, faults } = readSettings(flags, new Map());
  refuse(faults);
  return resolved.settings;
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new Failure(EXIT.usage, `The configuration has faults:\n  ${faults.join('\n  ')}`, 'Mend them in the flags or in payments.config.json.');
}

function readSettings(flags: Readonly<Record<string, unknown>>, stored: ReadonlyMap<string, string>): { resolved: ResolvedSettings; faults: string[] } {
  const file = readConfigFile();
  const faults: string[] = unknownNames(file);
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  const from = {} as Record<keyof Settings, SettingSource>;
  for (const rule of SETTINGS) {
    const candidates: [SettingSource, unknown][] = [['flag', flags[camel(rule.flag)]], ['payments.config.json', file[rule.name]], ['this store', stored.get(rule.name)]];
    const [source, text] = candidates.find((candidate) => candidate[1] !== undefined) ?? ['default', undefined];
    from[rule.name] = source as SettingSource;
    if (text === undefined) continue;
    const read = readSetting(rule, String(text));
    if ('fault' in read) faults.push(`${rule.name} (${source}): ${read.fault}`);
    else settings[rule.name] = read.value;
  }
  return { resolved: { settings: settings as unknown as Settings, from }, faults };
}

function readConfigFile(): Record<string, unknown> {
  if (!existsSync(CONFIG_FILE)) return {};
  try {
    const content = JSON.parse(readFileSync(CONFIG_FILE, 'utf8')) as unknown;
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content as Record<string, unknown>;
    throw new Error('it is no JSON object');
  } catch (error) {
    throw new Failure(EXIT.usage, `${CONFIG_FILE} can't be read: ${(error as Error).message}`, 'Mend it, or move it away.');
  }
}

function unknownNames(file: Record<string, unknown>): string[] {
  const known = new Set<string>(SETTINGS.map((rule) => rule.name));
  return Object.keys(file).filter((name) => !known.has(name)).map((name) => `${name} (${CONFIG_FILE}): no such setting; there are ${[...known].join(', ')}`);
}

function camel(flag: string): string {
  return flag.slice(2).replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
}
