import { ERROR_SOURCES, ERROR_TABLE, type ErrorKind, type ErrorRow } from './error-table.ts';
import { fieldsOf, reasonsOf, withCauses, wordsOf } from './error-words.ts';

export { ERROR_TABLE, type ErrorKind, type ErrorRow } from './error-table.ts';

const ROWS: ReadonlyMap<string, ErrorRow> = new Map(ERROR_TABLE.map((row) => [`${row.source} ${row.code}`, row]));

/**
 * What kind of error was thrown, by the table; one that isn't in it is *unknown*. Looks at the error and at those behind it (`cause`), the
 * outermost that the table knows, and of its words the most exact. Where a service gave several reasons and one may pass, it may pass.
 */
export function kindOf(error: unknown): ErrorKind {
  for (const one of withCauses(error)) {
    const known = rowsOf(one);
    if (known.length > 0) return known.some(({ kind }) => kind === 'transient') ? 'transient' : known[0].kind;
  }
  return 'unknown';
}

/** The rows for an error's words, of the first source that knows any. */
function rowsOf(error: unknown): ErrorRow[] {
  const words = wordsOf(error);
  for (const source of ERROR_SOURCES) {
    const known = words.filter((word) => word.source === source).flatMap(({ code }) => ROWS.get(`${source} ${code}`) ?? []);
    // A status has its own row or that of its hundred, never both.
    if (known.length > 0) return source === 'HTTP' ? known.slice(0, 1) : known;
  }
  return [];
}

/** What may be logged of an error: words of libraries and services, never a message, which may quote what was sent. */
export interface DescribedError {
  readonly code: string | number | null;
  readonly reason: string | null;
  readonly name: string;
}

/** Letters only, or capitals as Node has them (`ERR_HTTP2_ERROR`): no id, amount or card number looks so. */
const CODE = /^(?=.{1,64}$)(?:[A-Za-z][A-Za-z_]*|E[A-Z0-9_]*)$/;
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const MAX_CODE = 999;

/** The names and codes of an error, and of those behind it where it has none. Anything that doesn't look like a library's word is left out. */
export function describeError(error: unknown): DescribedError {
  const chain = withCauses(error);
  return {
    code: chain.map(codeOf).find((code) => code !== null) ?? null,
    reason: chain.flatMap(reasonsOf).find((reason) => CODE.test(reason)) ?? null,
    name: nameOf(error),
  };
}

function codeOf(error: unknown): string | number | null {
  const { code, status } = fieldsOf(error);
  for (const value of [code, status]) {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_CODE) return value;
    if (typeof value === 'string' && (CODE.test(value) || /^\d{3}$/.test(value))) return value;
  }
  return null;
}

/** The class says more than `Error`, which most libraries leave as the name. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const name = error.name === 'Error' ? error.constructor.name : error.name;
  return NAME.test(name) ? name : 'Error';
}
