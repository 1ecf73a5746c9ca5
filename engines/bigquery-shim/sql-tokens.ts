/** A piece of a statement. Joined, the texts of all pieces are the statement. */
export interface SqlToken {
  readonly kind: 'text' | 'comment' | 'name' | 'parameter' | 'other';
  readonly text: string;
}

// Strings, quoted names and comments first, so that nothing inside them is taken for code.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
const TOKEN = new RegExp(
  [
    /(?<text>(?:\b[rR][bB]?|\b[bB][rR]?)?(?:'''(?:\\[^]|[^\\])*?'''|"""(?:\\[^]|[^\\])*?"""|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"))/,
    /(?<comment>--[^\n]*|#[^\n]*|\/\*[^]*?\*\/)/,
    /(?<name>`(?:\\.|[^`\\])*`)/,
    /(?<system>@@\w+(?:\.\w+)*)/,
    /(?<parameter>@\w+)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** Cuts BigQuery's SQL into what is code and what only looks like it. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let end = 0;
  for (const found of sql.matchAll(TOKEN)) {
    if (found.index > end) tokens.push({ kind: 'other', text: sql.slice(end, found.index) });
    const { text, comment, name, parameter } = found.groups ?? {};
    tokens.push({ kind: text ? 'text' : comment ? 'comment' : name ? 'name' : parameter ? 'parameter' : 'other', text: found[0] });
    end = found.index + found[0].length;
  }
  if (end < sql.length) tokens.push({ kind: 'other', text: sql.slice(end) });
  return tokens;
}

/** Whether there is more than one statement: something other than comments after a semicolon. */
export function isScript(tokens: readonly SqlToken[]): boolean {
  const code = tokens.map(({ kind, text }) => (kind === 'comment' ? ' ' : kind === 'other' ? text : '_')).join('');
  return /;\s*[^\s;]/.test(code);
}
