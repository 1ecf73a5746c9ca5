import { isObject, type JsonObject, objectsIn } from './exact-json.ts';
import { Refusal } from './refusals.ts';
import { isScript, type SqlToken, sqlTokens } from './sql-tokens.ts';

interface Scalar {
  readonly name: string;
  readonly type: string;
  readonly value: string | null;
}

/**
 * A query request whose parameters the emulator binds as BigQuery does. Seen with bqemulator 1.4.0: a BYTES parameter arrives as its
 * base64 text, of type STRING; and in a script no parameter is bound at all.
 */
export function bindParameters(query: JsonObject): JsonObject {
  const parameters = objectsIn(query.queryParameters);
  if (parameters.length === 0 || typeof query.query !== 'string') return query;
  const tokens = sqlTokens(query.query);
  if (isScript(tokens)) return { ...query, query: replaceParameters(tokens, new Map(parameters.map((one) => [keyOf(one), literal(scalar(one))]))), queryParameters: [] };
  const bytes = parameters.filter((one) => isBytes(one));
  if (bytes.length === 0) return query;
  return {
    ...query,
    query: replaceParameters(tokens, new Map(bytes.map((one) => [keyOf(one), `FROM_BASE64(@${scalar(one).name})`]))),
    queryParameters: parameters.map((one) => (bytes.includes(one) ? { ...one, parameterType: { type: 'STRING' } } : one)),
  };
}

function replaceParameters(tokens: readonly SqlToken[], texts: ReadonlyMap<string, string>): string {
  return tokens.map(({ kind, text }) => (kind === 'parameter' ? (texts.get(text.slice(1).toLowerCase()) ?? text) : text)).join('');
}

/** Names of parameters don't differ by case. */
function keyOf({ name }: JsonObject): string {
  return typeof name === 'string' ? name.toLowerCase() : '';
}

/** Whether the parameter must be decoded. A null of type BYTES is bound as it should be. */
function isBytes(parameter: JsonObject): boolean {
  if (!JSON.stringify(parameter.parameterType ?? null).includes('"BYTES"')) return false;
  return scalar(parameter).value !== null;
}

function scalar({ name, parameterType, parameterValue }: JsonObject): Scalar {
  const type = isObject(parameterType) && typeof parameterType.type === 'string' ? parameterType.type.toUpperCase() : '';
  if (typeof name !== 'string') throw new Refusal('parameters by position: give them names');
  if (!Object.hasOwn(LITERALS, type)) throw new Refusal(`a parameter of type ${type || '?'} in a script, or one with BYTES in it`);
  const value = isObject(parameterValue) ? parameterValue.value : undefined;
  return { name, type, value: typeof value === 'string' ? value : null };
}

/** How a value of each type is written in SQL. Nothing of the value but base64 and checked characters reaches the text. */
const LITERALS: Readonly<Record<string, (value: string) => string>> = {
  STRING: (value) => `SAFE_CONVERT_BYTES_TO_STRING(FROM_BASE64('${Buffer.from(value).toString('base64')}'))`,
  BYTES: (value) => `FROM_BASE64('${plain(value)}')`,
  INT64: (value) => `CAST('${plain(value)}' AS INT64)`,
  NUMERIC: (value) => `CAST('${plain(value)}' AS NUMERIC(38,9))`,
  BOOL: (value) => (/^true$/i.test(value) ? 'TRUE' : 'FALSE'),
  DATE: (value) => `DATE '${plain(value)}'`,
  TIMESTAMP: (value) => `TIMESTAMP '${plain(value)}'`,
};
const NULL_TYPES: Readonly<Record<string, string>> = { NUMERIC: 'NUMERIC(38,9)' };

function literal({ type, value }: Scalar): string {
  return value === null ? `CAST(NULL AS ${NULL_TYPES[type] ?? type})` : LITERALS[type](value);
}

function plain(value: string): string {
  if (!/^[\w+/=:. -]*$/.test(value)) throw new Refusal('a parameter with characters that its type does not have');
  return value;
}
