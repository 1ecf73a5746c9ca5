import { isUtf8 } from 'node:buffer';
import { mayHaveDoubles } from './json-doubles.ts';
import { endOfString, endOfValue, skipSpace } from './json-positions.ts';

export type JsonObject = Record<string, unknown>;

/** How deep members are told apart where a name stands twice: the line, its message, the message's attributes. */
const LEVELS = 3;
const ESCAPED_PAIR = /\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}/g;
const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/;
const OPEN_BRACE = 0x7b;
const COMMA = 0x2c;

/**
 * Reads bytes as one JSON object, or null where they aren't one: strict RFC 8259 in UTF-8, escapes of half a UTF-16 pair refused,
 * and of two members with one name the first counts. The archive's SQL reads by the same rules; JSON.parse alone would
 * take halves of pairs, and the last of two members.
 */
export function readStrictObject(bytes: Uint8Array): JsonObject | null {
  if (!isUtf8(bytes)) return null;
  const text = asBuffer(bytes).toString('utf8');
  if (text.charCodeAt(skipSpace(text, 0)) !== OPEN_BRACE) return null;
  let object: JsonObject;
  try {
    object = JSON.parse(text) as JsonObject;
  } catch {
    return null;
  }
  if (!text.includes('\\') && !mayHaveDoubles(text, object)) return object;
  return hasLoneSurrogate(text) ? null : firstMembers(text, LEVELS);
}

/** A JSON object: no list, no null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A string of a valid JSON text has the escape of half a UTF-16 pair without its other half right beside it. */
function hasLoneSurrogate(text: string): boolean {
  if (!ESCAPED_SURROGATE.test(text)) return false;
  // Escaped backslashes first: what follows one is no escape. A blank keeps what stood on its sides apart.
  return ESCAPED_SURROGATE.test(text.replaceAll('\\\\', ' ').replace(ESCAPED_PAIR, ' '));
}

/** The members of a valid object text, the first of each name, that many levels deep; below, JSON.parse decides. */
function firstMembers(text: string, levels: number): JsonObject {
  const members = new Map<string, unknown>();
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text[at] === '"') {
    const nameEnd = endOfString(text, at);
    const name = JSON.parse(text.slice(at, nameEnd)) as string;
    const start = skipSpace(text, text.indexOf(':', nameEnd) + 1);
    const end = endOfValue(text, start);
    if (!members.has(name)) members.set(name, readMember(text.slice(start, end), levels - 1));
    at = text.charCodeAt(end) === COMMA ? skipSpace(text, end + 1) : end;
  }
  return Object.fromEntries(members);
}

function readMember(text: string, levels: number): unknown {
  return levels > 0 && text.charCodeAt(0) === OPEN_BRACE ? firstMembers(text, levels) : JSON.parse(text);
}
