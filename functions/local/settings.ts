import { existsSync, readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS, type Settings } from '../config.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND } from '../payment/time.ts';
import { EXIT, Failure } from '../failure.ts';

/** One setting: how it is written, between what bounds, and what goes wrong beyond them. */
interface SettingRule {
  readonly name: keyof Settings;
  readonly flag: string;
  readonly says: string;
  readonly between?: readonly [number, number];
  readonly beyond?: string;
  readonly choices?: readonly string[];
}

/** Every setting of the protocol, in the order in which `config` shows them. Durations lie between the bounds, in microseconds. */
export const SETTINGS: readonly SettingRule[] = [
  { name: 'watermark', flag: '--watermark', says: 'a payment whose event_time is older than this is late', between: [60 * MICROS_PER_SECOND, 30 * MICROS_PER_DAY], beyond: 'below a minute nearly everything is late; above 30 days claims pile up' },
  { name: 'claim_slack', flag: '--claim-slack', says: 'kept beyond the watermark by a claim', between: [60 * MICROS_PER_SECOND, MICROS_PER_DAY], beyond: 'without slack a claim may end before its watermark' },
  { name: 'orphan_grace', flag: '--orphan-grace', says: 'how long a duplicate waits for its owner before it counts itself', between: [MICROS_PER_HOUR, 30 * MICROS_PER_DAY], beyond: 'shorter than an hour it counts before a retry of its owner could come' },
  { name: 'clock_skew_tolerance', flag: '--clock-skew-tolerance', says: 'how far ahead of our clock a time may lie unflagged', between: [MICROS_PER_SECOND, MICROS_PER_DAY], beyond: 'below a second honest clocks are flagged' },
  { name: 'missing_after', flag: '--missing-after', says: 'a message in the archive and in no line is missing from this age on', between: [60 * MICROS_PER_SECOND, 7 * MICROS_PER_DAY], beyond: 'too short calls messages missing that are on their way' },
  { name: 'warning_age', flag: '--warning-age', says: 'an open conflict or reject is an error from this age on', between: [MICROS_PER_HOUR, 366 * MICROS_PER_DAY], beyond: 'too long lets breaks grow old in silence' },
  { name: 'identity_scope', flag: '--identity-scope', says: 'what makes a payment the same payment', choices: ['transaction_id', 'producer+transaction_id'] },
  { name: 'producer', flag: '--producer', says: 'the producer that this input is bound to (needed by producer+transaction_id)' },
];

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

function readSetting(rule: SettingRule, text: string): { value: unknown } | { fault: string } {
  if (rule.choices) return rule.choices.includes(text) ? { value: text } : { fault: `"${text}" is none of ${rule.choices.join(', ')}` };
  if (!rule.between) return text.length > 0 && text.length <= 200 ? { value: text } : { fault: 'must have 1 to 200 characters' };
  const value = parseDuration(text);
  if (value === null) return { fault: `"${text}" is no duration; write 90s, 5m, 1h or 7d` };
  const [least, most] = rule.between;
  if (value < least || value > most) return { fault: `${text} is not between ${formatDuration(least)} and ${formatDuration(most)}: ${rule.beyond}` };
  return { value };
}

const UNITS: Readonly<Record<string, number>> = { s: MICROS_PER_SECOND, m: 60 * MICROS_PER_SECOND, h: MICROS_PER_HOUR, d: MICROS_PER_DAY };

/** `90s`, `5m`, `1h`, `7d` → microseconds; null for anything else. */
function parseDuration(text: string): number | null {
  const found = /^(\d{1,6})([smhd])$/.exec(text);
  return found ? Number(found[1]) * UNITS[found[2]] : null;
}

/** Microseconds in the largest unit that fits without a rest. */
export function formatDuration(micros: number): string {
  const unit = ['d', 'h', 'm', 's'].find((one) => micros % UNITS[one] === 0 && micros >= UNITS[one]) ?? 's';
  return `${micros / UNITS[unit]}${unit}`;
}

/** A setting as it is written in a file, a flag or the store. */
export function formatSetting(value: Settings[keyof Settings]): string {
  return typeof value === 'number' ? formatDuration(value) : (value ?? '');
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
