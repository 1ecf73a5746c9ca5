import { MAX_FOUND_LENGTH, MAX_NESTING } from '../limits.ts';

/** A key or a scalar in a JSON text, with where it stands in the text. */
export interface JsonToken {
  readonly type: 'key' | 'string' | 'number' | 'literal';
  /** First and one past the last character of the token in the text, quotes included. */
  readonly start: number;
  readonly end: number;
  /** How many objects and arrays it is in: 1 for the keys and scalars of the outermost object. */
  readonly depth: number;
  /** The keys from the outermost object down to it, decoded; a key is the last of its own. */
  readonly names: readonly string[];
  /** For people: `metadata.order`, `items[0].price`; cut where it is long. */
  readonly path: string;
}

export interface JsonScan {
  readonly tokens: readonly JsonToken[];
  /** Paths of keys that stand twice in one object. */
  readonly duplicates: readonly string[];
  /** Where the text stops being JSON (RFC 8259), in characters from 0, and what should stand there. */
  readonly error: { readonly position: number; readonly expected: string } | null;
}

/** Reads a JSON text slowly and exactly: every token with its place, keys that stand twice, and the first error. */
export function scanJson(text: string): JsonScan {
  const scanner = new Scanner(text);
  return scanner.scan();
}

/** Characters at which a path stops growing: more is never shown. Prevents one long key from being copied for each of thousands of tokens. */
const MAX_PATH_LENGTH = 4 * MAX_FOUND_LENGTH;

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const LITERAL = /true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

function longerPath(path: string, separator: string, name: string): string {
  return path.length >= MAX_PATH_LENGTH ? path : `${path}${separator}${name.slice(0, MAX_PATH_LENGTH)}`;
}

class NotJson extends Error {
  readonly expected: string;
  constructor(expected: string) {
    super(expected);
    this.expected = expected;
  }
}

/** A recursive-descent reader; MAX_NESTING bounds the recursion. */
class Scanner {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  readonly #tokens: JsonToken[] = [];
  readonly #duplicates: string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  scan(): JsonScan {
    let error: JsonScan['error'] = null;
    try {
      this.#value([], '');
      this.#match(SPACE);
      if (this.#at < this.#text.length) throw new NotJson('the end of the text');
    } catch (caught) {
      if (!(caught instanceof NotJson)) throw caught;
      error = { position: this.#at, expected: caught.expected };
    }
    return { tokens: this.#tokens, duplicates: this.#duplicates, error };
  }

  #value(names: readonly string[], path: string): void {
    this.#match(SPACE);
    const first = this.#text[this.#at];
    if (first === '{' || first === '[') this.#container(first, names, path);
    else if (first === '"') this.#scalar('string', STRING, names, path);
    else if (first === 't' || first === 'f' || first === 'n') this.#scalar('literal', LITERAL, names, path);
    else this.#scalar('number', NUMBER, names, path);
  }

  #container(open: '{' | '[', names: readonly string[], path: string): void {
    if (++this.#depth > MAX_NESTING) throw new NotJson(`at most ${MAX_NESTING} levels`);
    this.#at++;
    const close = open === '{' ? '}' : ']';
    this.#match(SPACE);
    if (this.#text[this.#at] !== close) {
      if (open === '{') this.#members(names, path);
      else this.#items(names, path);
    }
    this.#expect(close, `"," or "${close}"`);
    this.#depth--;
  }

  #members(names: readonly string[], path: string): void {
    const seen = new Set<string>();
    do {
      this.#match(SPACE);
      const start = this.#at;
      if (!this.#match(STRING)) throw new NotJson('a key in double quotes');
      const name = JSON.parse(this.#text.slice(start, this.#at)) as string;
      const inner = [...names, name];
      const innerPath = path === '' ? name.slice(0, MAX_PATH_LENGTH) : longerPath(path, '.', name);
      this.#tokens.push({ type: 'key', start, end: this.#at, depth: this.#depth, names: inner, path: innerPath });
      if (seen.has(name)) this.#duplicates.push(innerPath);
      seen.add(name);
      this.#expect(':', '":"');
      this.#value(inner, innerPath);
    } while (this.#comma());
  }

  #items(names: readonly string[], path: string): void {
    let index = 0;
    do this.#value(names, longerPath(path, '[', `${index++}]`));
    while (this.#comma());
  }

  #scalar(type: JsonToken['type'], pattern: RegExp, names: readonly string[], path: string): void {
    const start = this.#at;
    if (!this.#match(pattern)) throw new NotJson(type === 'string' ? 'a string that ends' : 'a value');
    this.#tokens.push({ type, start, end: this.#at, depth: this.#depth, names, path });
  }

  #comma(): boolean {
    this.#match(SPACE);
    if (this.#text[this.#at] !== ',') return false;
    this.#at++;
    return true;
  }

  #expect(character: string, expected: string): void {
    this.#match(SPACE);
    if (this.#text[this.#at] !== character) throw new NotJson(expected);
    this.#at++;
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }
}
