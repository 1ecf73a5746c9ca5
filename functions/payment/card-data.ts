import { isCardNumber, maskCardNumbers } from './card-number.ts';
import { printable } from './found.ts';
import { scanJson, type JsonToken } from './json-scan.ts';
import { isSecurityCode, securityCodeName, type SecurityCodeName } from './security-code.ts';

/** Card data found where none may be: the field's path and what it looked like. Never the data itself. */
export interface CardDataFinding {
  readonly field: string;
  readonly looks_like: 'card_number' | 'cvv';
}

export interface MaskedText {
  /** The text as published, but for the masked values. */
  readonly text: string;
  readonly findings: readonly CardDataFinding[];
}

/** Fields of ours that are searched too: a full number sent as a part of one must not be kept. Ids and references never are. */
const SEARCHED_FIELDS = ['metadata', 'card_bin', 'card_last4'];
/** One numeric id in ten passes Luhn, so these are never searched. */
const IDS_AND_REFERENCES: ReadonlySet<string> = new Set([
  'transaction_id', 'customer_id', 'merchant_id', 'original_transaction_id', 'device_id', 'psp_reference', 'merchant_reference', 'capture_id', 'acquirer_reference',
  'auth_code', 'dispute_id', 'settlement_batch', 'end_to_end_id', 'merchant_account', 'terminal_id', 'control_sequence', 'card_token',
]);
const LONG_DIGIT_RUN = /[0-9](?:[ -]?[0-9]){11}/;
const SHORTEST_CARD_NUMBER = 12;
/** `cvv 123` */
const SHORTEST_CODE_IN_TEXT = 7;
const SMALLEST_CARD_NUMBER = 1e11;
/** Findings reported for one message; what is beyond is masked all the same. Prevents one message from writing a megabyte of findings. */
const MAX_FINDINGS = 50;
/** A code behind its name: `cvv 123`, `"cvv_code" : "123"`. */
const CODE_IN_TEXT = /(cv[vcn]2?|cav2|csc|security[_ ]?code|verification[_ ]?(?:code|value|number))((?:[_ -]?(?:code|value|number|is))?\W{1,8})[0-9]{3,4}(?![0-9])/gi;
/** What may stand around the digits of a whole number: `-4111111111111111.0`. */
const SIGN_OR_ZEROS = /^-|\.0+$/g;
const MASKED_CODE = '***';
const NONE: readonly CardDataFinding[] = [];

/**
 * Masks card numbers and security codes in `metadata` and in the fields that the schema doesn't know, at any depth, keys included.
 * Costs next to nothing where there are none.
 * @param payment what JSON.parse made of the text, without duplicate keys
 */
export function maskCardData(payment: Readonly<Record<string, unknown>>, unknownFields: readonly string[], text: string): MaskedText {
  let suspect = false;
  for (const field of SEARCHED_FIELDS) suspect ||= isSuspect(payment[field], 'no');
  for (const field of unknownFields) suspect ||= isSuspectText(field) || isSuspect(payment[field], securityCodeName(field));
  return suspect ? maskFields(new Set([...SEARCHED_FIELDS, ...unknownFields]), text) : { text, findings: NONE };
}

/** Masks card data in the JSON text of a rejected payment: anywhere but in ids and references, since a number may have slipped into any field. */
export function maskRejected(payment: Readonly<Record<string, unknown>>, text: string): string {
  return maskFields(new Set(Object.keys(payment).filter((field) => !IDS_AND_REFERENCES.has(field))), text).text;
}

/** Masks the values of some fields of the outermost object, token by token: right for a text with duplicate keys too. */
function maskFields(searched: ReadonlySet<string>, text: string): MaskedText {
  const findings: CardDataFinding[] = [];
  const nameOf = securityCodeNames();
  let masked = '';
  let copied = 0;
  for (const token of scanJson(text).tokens) {
    if (token.names.length === 0 || !searched.has(token.names[0]!)) continue;
    const replacement = maskToken(token, text.slice(token.start, token.end), nameOf);
    if (replacement === null) continue;
    masked += text.slice(copied, token.start) + JSON.stringify(replacement.text);
    copied = token.end;
    if (findings.length < MAX_FINDINGS) findings.push({ field: printable(token.path), looks_like: replacement.looks_like });
  }
  return { text: masked + text.slice(copied), findings };
}

/** Masks whatever looks like card data in a text that can't be read as a payment. NULs go: in ASCII sent as UTF-16 they stand between all digits. */
export function maskRawText(text: string): string {
  return withoutCodes(maskCardNumbers(text.replaceAll('\0', '')));
}

function withoutCodes(text: string): string {
  return text.replace(CODE_IN_TEXT, `$1$2${MASKED_CODE}`);
}

function isSuspect(value: unknown, name: SecurityCodeName): boolean {
  switch (typeof value) {
    case 'string': return isSuspectText(value) || isSecurityCode(name, value);
    case 'number': return Math.abs(value) >= SMALLEST_CARD_NUMBER || isSecurityCode(name, String(value));
    case 'object': return value !== null && isSuspectContainer(value as Record<string, unknown>, name);
    default: return false;
  }
}

function isSuspectText(text: string): boolean {
  return (text.length >= SHORTEST_CARD_NUMBER && LONG_DIGIT_RUN.test(text)) || (text.length >= SHORTEST_CODE_IN_TEXT && text.search(CODE_IN_TEXT) >= 0);
}

function isSuspectContainer(container: Record<string, unknown>, name: SecurityCodeName): boolean {
  for (const key in container) {
    if (isSuspectText(key) || isSuspect(container[key], surer(name, securityCodeName(key)))) return true;
  }
  return false;
}

function surer(outer: SecurityCodeName, inner: SecurityCodeName): SecurityCodeName {
  return outer === 'sure' || inner === 'no' ? outer : inner;
}

/** What stands in for a token that holds card data, or null where it holds none. */
function maskToken(token: JsonToken, source: string, nameOf: (names: readonly string[]) => SecurityCodeName): { text: string; looks_like: CardDataFinding['looks_like'] } | null {
  if (token.type === 'literal') return null;
  const value = token.type === 'number' ? source.replace(SIGN_OR_ZEROS, '') : (JSON.parse(source) as string);
  if (token.type !== 'key' && isSecurityCode(nameOf(token.names), value)) return { text: MASKED_CODE, looks_like: 'cvv' };
  if (token.type === 'number' && !isCardNumber(value)) return null;
  const withoutNumbers = maskCardNumbers(value);
  const masked = withoutCodes(withoutNumbers);
  return masked === value ? null : { text: masked, looks_like: withoutNumbers === value ? 'cvv' : 'card_number' };
}

/** Judges a token's names, each name once: thousands of tokens may stand under one long name. */
function securityCodeNames(): (names: readonly string[]) => SecurityCodeName {
  const known = new Map<string, SecurityCodeName>();
  const nameOf = (name: string): SecurityCodeName => {
    const judged = known.get(name) ?? securityCodeName(name);
    known.set(name, judged);
    return judged;
  };
  return (names) => names.map(nameOf).reduce(surer, 'no');
}
