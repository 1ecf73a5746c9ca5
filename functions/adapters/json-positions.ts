const SPACE = 0x20;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where the white space of JSON (RFC 8259: space, tab, line feed, carriage return) that may begin at `at` ends. */
export function skipSpace(text: string, at: number): number {
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== SPACE && code !== TAB && code !== LINE_FEED && code !== CARRIAGE_RETURN) return at;
    at++;
  }
}

/** One past the closing quote of the string whose opening quote is at `start`. For valid JSON texts only. */
export function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

/** Where the comma or the closing bracket behind the value that begins at `start` stands. For valid JSON texts only. */
export function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  for (;;) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else {
      if (character === '{' || character === '[') depth++;
      else if (depth === 0 && (character === ',' || character === '}' || character === ']')) return at;
      else if (character === '}' || character === ']') depth--;
      at++;
    }
  }
}
