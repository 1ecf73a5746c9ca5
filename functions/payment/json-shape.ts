const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;

/** What one pass over the bytes of a JSON text tells, before it is parsed. Exact for valid JSON, harmless for anything else. */
export interface JsonShape {
  /** Colons outside strings: the number of keys in all objects, doubles included. */
  readonly keys: number;
  /** The deepest nesting of objects and arrays. */
  readonly depth: number;
  /** A string holds a backslash escape. */
  readonly escapes: boolean;
}

/** Counts keys and nesting of a JSON text in UTF-8. */
export function shapeOf(bytes: Uint8Array): JsonShape {
  const length = bytes.length;
  let keys = 0;
  let level = 0;
  let depth = 0;
  let escapes = false;
  for (let at = 0; at < length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      // On to the closing quote, over escaped characters.
      let inside = bytes[++at];
      while (inside !== QUOTE && at < length) {
        if (inside === BACKSLASH) {
          escapes = true;
          at++;
        }
        inside = bytes[++at];
      }
    } else if (byte === COLON) keys++;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      level++;
      if (level > depth) depth = level;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) level--;
  }
  return { keys, depth, escapes };
}

/** Keys of all objects in a value that JSON.parse made: fewer than the text's colons where a key stood twice. */
export function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) keys += countKeys(item);
    return keys;
  }
  const object = value as Record<string, unknown>;
  for (const key in object) {
    keys++;
    const inner = object[key];
    if (typeof inner === 'object' && inner !== null) keys += countKeys(inner);
  }
  return keys;
}
