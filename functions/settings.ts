import type { Settings } from './config.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND } from './payment/time.ts';

/** One setting: how it is written, between what bounds, and what goes wrong beyond them. */
export interface SettingRule {
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

/** What a setting's text has to be like. */
export type SettingForm = Pick<SettingRule, 'between' | 'beyond' | 'choices'>;

/** Reads a setting as it is written in a flag, a file or the environment: its value, or what is wrong with the text. */
export function readSetting(form: SettingForm, text: string): { readonly value: number | string } | { readonly fault: string } {
  if (form.choices) return form.choices.includes(text) ? { value: text } : { fault: `"${text}" is none of ${form.choices.join(', ')}` };
  if (!form.between) return text.length > 0 && text.length <= 200 ? { value: text } : { fault: 'must have 1 to 200 characters' };
  const value = parseDuration(text);
  if (value === null) return { fault: `"${text}" is no duration; write 90s, 5m, 1h or 7d` };
  const [least, most] = form.between;
  if (value < least || value > most) return { fault: `${text} is not between ${formatDuration(least)} and ${formatDuration(most)}: ${form.beyond}` };
  return { value };
}

const UNITS: Readonly<Record<string, number>> = { s: MICROS_PER_SECOND, m: 60 * MICROS_PER_SECOND, h: MICROS_PER_HOUR, d: MICROS_PER_DAY };

/** `90s`, `5m`, `1h`, `7d` → microseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  const found = /^(\d{1,6})([smhd])$/.exec(text);
  return found ? Number(found[1]) * UNITS[found[2]] : null;
}

/** Microseconds in the largest unit that fits without a rest. */
export function formatDuration(micros: number): string {
  const unit = ['d', 'h', 'm', 's'].find((one) => micros % UNITS[one] === 0 && micros >= UNITS[one]) ?? 's';
  return `${micros / UNITS[unit]}${unit}`;
}

/** A setting as it is written in a file, a flag, the environment or the store. */
export function formatSetting(value: Settings[keyof Settings]): string {
  return typeof value === 'number' ? formatDuration(value) : (value ?? '');
}
