import { ARCHIVE_MACROS } from './archive-macros.ts';

/**
 * The files in `sql/` are BigQuery's dialect, kept to what DuckDB reads as well. What is left differs in a few words, which are
 * replaced here, and in functions, which DuckDB gets as macros under BigQuery's names. A transpiler was tried and turned down:
 * it silently wrote CAST AS NUMERIC as three decimals and DATE(t, 'UTC') as a parse of text, and cost 0.3 s at each start.
 */

/** A statement as DuckDB runs it, and the names of the parameters that it needs. */
export interface DuckdbStatement {
  readonly sql: string;
  readonly parameters: readonly string[];
}

const WORDS: Readonly<Record<string, string>> = {
  SAFE_CAST: 'TRY_CAST',
  'DATE(': 'utc_date(',
};

/** What needs more than another word: a pattern in BigQuery's words, and DuckDB's. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  // DuckDB casts any bytes, to a text of escapes; the macro for SAFE_CONVERT_BYTES_TO_STRING is null where they are no UTF-8.
  [/\bSAFE_CAST\((\w+) AS STRING\) IS NOT NULL/g, 'TRUE'],
  [/(?<!_)\bCAST\((?!NULL\b)([\w.]+) AS STRING\)/g, 'text_of($1)'],
  // Of the same scale, and a third of the time; only amounts from 10^9 on need the other. DuckDB would read 1_000 as a thousand.
  [/\bSAFE_CAST\((\w+) AS NUMERIC\(38,9\)\)/g, "COALESCE(TRY_CAST(replace($1, '_', '?') AS NUMERIC(18,9)), TRY_CAST(replace($1, '_', '?') AS NUMERIC(38,9)))"],
  // DuckDB would work the whole view out once for the condition and once for the columns; it doesn't look past an OFFSET.
  [/\bFROM published_payments\nWHERE\b/g, 'FROM (FROM published_payments OFFSET 0) AS published_payments\nWHERE'],
  [/\bSAFE\.PARSE_JSON\((\w+), wide_number_mode => 'round'\)/g, 'safe_parse_json($1)'],
];

// Literals and comments first, so that nothing inside them is touched.
const TOKEN = /'(?:[^']|'')*'|--[^\n]*|@(\w+)|\bSAFE_CAST\b|\bDATE\(|\bAS TIMESTAMP\b/g;

const JSON_VALUE = /\bJSON_VALUE\((\w+), ('[^']*')\)/g;

/**
 * DuckDB parses the text again for each path, but once for a list of paths (of equal calls in a projection, it makes one): so every
 * JSON_VALUE of a column asks for all the paths that the statement reads from it, and takes its own.
 */
function readJsonOnce(sql: string): string {
  const byColumn = Map.groupBy(sql.matchAll(JSON_VALUE), ([, column]) => column);
  return sql.replace(JSON_VALUE, (call, column: string, path: string) => {
    const paths = [...new Set((byColumn.get(column) ?? []).map((found) => found[2]))];
    return paths.length === 1 ? call : `json_value_at(${column}, [${paths.join(', ')}], ${paths.indexOf(path) + 1})`;
  });
}

/** Rewrites one statement from BigQuery's words to DuckDB's. */
export function toDuckdb(sql: string): DuckdbStatement {
  const parameters = new Set<string>();
  const phrased = PHRASES.reduce((text, [phrase, duckdb]) => text.replace(phrase, duckdb), readJsonOnce(sql));
  const rewritten = phrased.replace(TOKEN, (token, parameter: string | undefined) => {
    if (parameter !== undefined) {
      parameters.add(parameter);
      return `$${parameter}`;
    }
    // DuckDB's TIMESTAMP has no zone and drops the offset of a text without a word; TIMESTAMPTZ is BigQuery's TIMESTAMP.
    if (token === 'AS TIMESTAMP') return 'AS TIMESTAMPTZ';
    return WORDS[token] ?? token;
  });
  return { sql: rewritten, parameters: [...parameters] };
}

/** BigQuery's functions as DuckDB macros; they live in the database file, so that any DuckDB client can read the views. */
export const MACROS: readonly string[] = [
  'sha256(x) AS unhex(system.main.sha256(x))',
  'to_hex(x) AS lower(hex(x))',
  'timestamp_micros(x) AS make_timestamptz(x)',
  'timestamp_seconds(x) AS make_timestamptz(x * 1000000)',
  'unix_micros(x) AS epoch_us(x)',
  'unix_seconds(x) AS epoch_us(x) // 1000000',
  "utc_date(x, zone) AS CAST(x AT TIME ZONE 'UTC' AS DATE)",
  'div(a, b) AS a // b',
  "json_value(j, path) AS try(json_extract_string(system.main.json_value(j, path), '$'))",
  "json_value_at(j, paths, place) AS json_extract_string(try(system.main.json_value(j, paths))[place], '$')",
  'json_query(j, path) AS json_extract(j, path)',
  'safe_convert_bytes_to_string(x) AS try(decode(x))',
  'to_json_string(j) AS CAST(j AS VARCHAR)',
  'regexp_contains(s, pattern) AS regexp_matches(s, pattern)',
  "format_timestamp(f, t, zone) AS strftime(t AT TIME ZONE 'UTC', f)",
  ...ARCHIVE_MACROS,
  // The text, where it is strict JSON: each JSON_VALUE parses it anyway, and gives null where it can't.
  'safe_parse_json(x) AS CASE WHEN NOT lax_json(x) THEN x ELSE strict_json(x) END',
  // BigQuery writes a NUMERIC without the zeros at its end.
  "text_of(x) AS CASE WHEN starts_with(typeof(x), 'DECIMAL') THEN rtrim(rtrim(CAST(x AS VARCHAR), '0'), '.') ELSE CAST(x AS VARCHAR) END",
  // DuckDB's own is null where there is no row, or no condition that is known.
  'countif(x) AS count(CASE WHEN x THEN 1 END)',
];
