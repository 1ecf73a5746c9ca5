import { MAX_METADATA_KEYS, MAX_METADATA_VALUE_LENGTH } from '../limits.ts';
import type { Fault } from './fault.ts';
import { describe, describeForm, fault, printable } from './found.ts';
import { PRINTABLE } from './schema-fields.ts';
import { TEXT_SCHEMA } from './schema.ts';

/** The keywords that our text fields use, as the schema holds them. */
interface TextRules {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
}

const REQUIRED: ReadonlySet<string> = new Set(TEXT_SCHEMA.required);
/** Fields that may name a person: a fault says what form the value has, never the value. */
const PERSONAL: ReadonlySet<string> = new Set(['customer_id', 'device_id', 'ip_address', 'metadata']);
const PRINTABLE_TEXT = new RegExp(PRINTABLE, 'u');

/** Everything that is wrong with the text fields and metadata of a payment, read off the schema. Slow: for payments that textsFit refused. */
export function explainTexts(payment: Readonly<Record<string, unknown>>): Fault[] {
  const faults: Fault[] = [];
  for (const [field, rules] of Object.entries(TEXT_SCHEMA.properties)) {
    if (field === 'metadata') faults.push(...metadataFaults(payment[field]));
    else faults.push(...textFaults(field, payment[field], rules as TextRules));
  }
  return faults;
}

function textFaults(field: string, value: unknown, rules: TextRules): Fault[] {
  const example = `e.g. ${JSON.stringify(rules.examples?.[0])}`;
  if (value === undefined || value === null) return REQUIRED.has(field) ? [fault('field_missing', field, describe(value), `Send ${field}, ${example}.`)] : [];
  if (typeof value !== 'string') return [fault('wrong_type', field, found(field, value), `Send a text in quotes, ${example}.`)];
  const length = lengthOf(value);
  if (length < (rules.minLength ?? 0)) return [fault('text_empty', field, '""', REQUIRED.has(field) ? undefined : 'Send at least one character, or leave the field out.')];
  const faults: Fault[] = [];
  if (length > (rules.maxLength ?? Infinity)) faults.push(tooLong(field, value, length, rules.maxLength!));
  if (rules.pattern !== undefined && !new RegExp(rules.pattern, 'u').test(value)) faults.push(wrongForm(field, value, rules.description ?? '', example));
  return faults;
}

function found(field: string, value: unknown): string {
  return PERSONAL.has(field.split('.', 1)[0]!) ? describeForm(value) : describe(value);
}

function wrongForm(field: string, value: string, description: string, example: string): Fault {
  if (!PRINTABLE_TEXT.test(value)) return fault('control_character', field, found(field, value));
  return fault('text_format', field, found(field, value), `${description} Send ${example}.`);
}

function tooLong(field: string, value: string, length: number, limit: number): Fault {
  return fault('text_too_long', field, found(field, value), `Send at most ${limit} characters; these are ${length}.`);
}

function metadataFaults(metadata: unknown): Fault[] {
  if (metadata === undefined || metadata === null) return [];
  if (typeof metadata !== 'object' || Array.isArray(metadata)) return [fault('wrong_type', 'metadata', describeForm(metadata), 'Send an object of texts, numbers, true, false or null.')];
  const entries = Object.entries(metadata);
  const faults: Fault[] = [];
  if (entries.length > MAX_METADATA_KEYS) faults.push(fault('metadata_too_many_keys', 'metadata', `${entries.length} keys`));
  for (const [key, value] of entries) {
    const field = `metadata.${printable(key)}`;
    if (typeof value === 'object' && value !== null) faults.push(fault('metadata_nested', field, describe(value)));
    if (typeof value === 'string' && lengthOf(value) > MAX_METADATA_VALUE_LENGTH) faults.push(tooLong(field, value, lengthOf(value), MAX_METADATA_VALUE_LENGTH));
  }
  return faults;
}

/** Characters as JSON Schema counts them: Unicode code points. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
