import type { SqlToken } from './sql-tokens.ts';

/** A request that bqemulator is known to answer wrongly without saying so: answered with HTTP 501, so that no test believes it. */
export class Refusal extends Error {
  constructor(what: string) {
    super(`The emulator would answer this wrongly: ${what}.`);
    this.name = 'Refusal';
  }
}

const NUMERIC_WITHOUT_DIGITS = /\bAS\s+NUMERIC\b(?!\s*\()|\b\w+\s+NUMERIC\b(?!\s*[('"])(?=\s*(?:,|\)|NOT\b|DEFAULT\b|OPTIONS\b))/i;
const ESCAPES_LEFT_AS_THEY_ARE = /^[bB]?['"](?:[^\\]|\\[^])*?\\[uUxX0-7]/;

/** Throws a Refusal for what bqemulator 1.4.0 was seen to answer wrongly. */
export function refuseKnownLies(tokens: readonly SqlToken[]): void {
  const code = tokens.map(({ kind, text }) => (kind === 'other' ? text : kind === 'text' ? "''" : kind === 'comment' ? ' ' : 'x')).join('');
  if (NUMERIC_WITHOUT_DIGITS.test(code)) throw new Refusal('NUMERIC without digits keeps three of the fraction: write NUMERIC(38,9)');
  if (tokens.some(({ kind, text }) => kind === 'text' && ESCAPES_LEFT_AS_THEY_ARE.test(text))) throw new Refusal('an escape by number in a text (\\u, \\x, octal) stays as it is: use a parameter');
}
