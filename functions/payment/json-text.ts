import { isUtf8 } from 'node:buffer';
import { MAX_FAULTS_PER_MESSAGE, MAX_NESTING, MAX_PAYLOAD_BYTES } from '../limits.ts';
import type { Fault } from './fault.ts';
import { describeForm, fault, quote } from './found.ts';
import { scanJson } from './json-scan.ts';
import { countKeys, shapeOf } from './json-shape.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON object and its text; or what is wrong with it, and the text and object as far as they could be read. */
export interface JsonText {
  readonly object: JsonObject | null;
  /** Without a byte order mark. Null where the bytes are no text, or too many. */
  readonly text: string | null;
  readonly faults: readonly Fault[];
}

const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/;
const NONE: readonly Fault[] = [];

/**
 * Reads bytes as one JSON object, as JSON.parse does but exactly: keys that stand twice, halves of UTF-16 pairs, deep nesting and bytes
 * that are not UTF-8 are faults. A byte order mark is dropped. A key `__proto__` is a key like any other.
 */
export function readJsonObject(data: Uint8Array): JsonText {
  if (data.length > MAX_PAYLOAD_BYTES) return refused(null, fault('payload_too_large', '', `${data.length} bytes`));
  const bytes = withoutByteOrderMark(Buffer.isBuffer(data) ? data : Buffer.from(data.buffer, data.byteOffset, data.length));
  if (!isUtf8(bytes)) return refused(null, fault('not_utf8', '', `${data.length} bytes that are not UTF-8`));
  const text = bytes.toString();
  const shape = shapeOf(bytes);
  if (shape.depth > MAX_NESTING) return refused(text, fault('too_deep', '', `${shape.depth} levels`));

  const value = parse(text);
  if (value === undefined) return refused(text, notJson(text));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused(text, fault('not_an_object', '', describeForm(value)));
  const object = value as JsonObject;
  if (countKeys(object) === shape.keys && !(shape.escapes && ESCAPED_SURROGATE.test(text))) return { object, text, faults: NONE };
  return { object, text, faults: slowFaults(text) };
}

/** The source text of a number in the outermost object: `1.0` and `1e0` are told from `1`, and no digit is lost. Null where it is no number. */
export function numberSource(text: string, name: string): string | null {
  const token = scanJson(text).tokens.find((candidate) => candidate.depth === 1 && candidate.type === 'number' && candidate.names[0] === name);
  return token === undefined ? null : text.slice(token.start, token.end);
}

function refused(text: string | null, reason: Fault): JsonText {
  return { object: null, text, faults: [reason] };
}

function withoutByteOrderMark(bytes: Buffer): Buffer {
  return bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** The value, or undefined (which no JSON text makes) where the text is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Names the place and one character of it: more might be somebody's data, and the place is enough to find it. */
function notJson(text: string): Fault {
  const error = scanJson(text).error;
  if (text.trim() === '') return fault('not_json', '', 'nothing');
  if (error === null) return fault('not_json', '', describeForm(text));
  const found = error.position >= text.length ? `the end of the text after ${text.length} characters` : `${quote(String.fromCodePoint(text.codePointAt(error.position)!))} at character ${error.position + 1}`;
  return fault('not_json', '', found, `Send one complete JSON object (RFC 8259). Expected there: ${error.expected}.`);
}

/** The one field whose faults are all kept, since its id isn't readable then. */
const TRANSACTION_ID = 'transaction_id';

/** Faults that only an exact reading finds; no more of a kind than a message may have. */
function slowFaults(text: string): Fault[] {
  const scan = scanJson(text);
  const duplicates = scan.duplicates.filter((path, place) => place < MAX_FAULTS_PER_MESSAGE || path === TRANSACTION_ID);
  const faults = duplicates.map((path) => fault('duplicate_key', path, 'the key twice'));
  let surrogates = 0;
  for (const token of scan.tokens) {
    if (token.type !== 'key' && token.type !== 'string') continue;
    const decoded = JSON.parse(text.slice(token.start, token.end)) as string;
    if (!decoded.isWellFormed() && (surrogates++ < MAX_FAULTS_PER_MESSAGE || token.path === TRANSACTION_ID)) faults.push(fault('lone_surrogate', token.path, describeForm(decoded)));
  }
  return faults;
}
