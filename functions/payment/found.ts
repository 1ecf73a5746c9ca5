import { MAX_FOUND_LENGTH } from '../limits.ts';
import { maskCardNumbers } from './card-number.ts';
import type { Fault } from './fault.ts';
import { FAULT_CODES, type FaultCode } from './fault-codes.ts';

/**
 * Characters looked at of a text that is cut. Prevents a hostile text from being masked whole to show its beginning: a card number that
 * begins in what is shown ends, separators and all, well before this.
 */
const LOOKED_AT = 2 * MAX_FOUND_LENGTH;
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A fault of that code; the fix is the code's own unless a better one is given. `found` is a text made by describe or quote. */
export function fault(code: FaultCode, field: string, found: string, fix: string = FAULT_CODES[code].fix): Fault {
  return { code, field: printable(field), found, fix };
}

/** What was found, for people: texts in quotes, numbers as they are, containers by name. Card numbers masked, cut to MAX_FOUND_LENGTH. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return printable(String(value));
}

/** What was found where a person may be named: its form, never what it says. */
export function describeForm(value: unknown): string {
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  return typeof value === 'number' ? 'a number' : describe(value);
}

/** A text in quotes, masked, escaped and cut. */
export function quote(text: string): string {
  return printable(`"${text}"`);
}

/** A text that can be shown anywhere: card numbers masked, invisible characters escaped, cut to MAX_FOUND_LENGTH. */
export function printable(text: string): string {
  const escaped = maskCardNumbers(text.slice(0, LOOKED_AT)).replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return escaped.length <= MAX_FOUND_LENGTH ? escaped : `${cutAt(escaped, MAX_FOUND_LENGTH - 1)}…`;
}

/** The first characters of a text, without cutting a UTF-16 pair in two. */
function cutAt(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
