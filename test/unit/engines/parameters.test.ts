import { describe, expect, test } from 'vitest';
import { type JsonObject, parseExactly } from '../../../engines/bigquery-shim/exact-json.ts';
import { bindParameters } from '../../../engines/bigquery-shim/parameters.ts';
import { Refusal } from '../../../engines/bigquery-shim/refusals.ts';

const parameter = (name: string, type: string, value: string | null) => ({ name, parameterType: { type }, parameterValue: { value } });
const request = (query: string, ...queryParameters: JsonObject[]): JsonObject => ({ query, queryParameters });
const bound = (sql: string, ...parameters: JsonObject[]) => bindParameters(request(sql, ...parameters)).query;

describe('one statement', () => {
  const KEY = parameter('key', 'BYTES', 'AAEC/w==');
  const cases: [string, string, string][] = [
    ['a BYTES parameter is decoded', 'SELECT @key', 'SELECT FROM_BASE64(@key)'],
    ['by a name in any case', 'SELECT @KEY', 'SELECT FROM_BASE64(@key)'],
    ['with a semicolon at the end', 'SELECT @key;\n-- end\n', 'SELECT FROM_BASE64(@key);\n-- end\n'],
    ['not in a text', "SELECT '@key', \"@key\", r'@key', @key", "SELECT '@key', \"@key\", r'@key', FROM_BASE64(@key)"],
    ['not in a text with an escape', "SELECT 'it\\'s @key', @key", "SELECT 'it\\'s @key', FROM_BASE64(@key)"],
    ['not in a long text', "SELECT '''it's @key''', @key", "SELECT '''it's @key''', FROM_BASE64(@key)"],
    ['not in a comment', 'SELECT 1 -- @key\n/* @key */ # @key', 'SELECT 1 -- @key\n/* @key */ # @key'],
    ['not in a quoted name', 'SELECT `@key`', 'SELECT `@key`'],
    ['not another name that begins alike', 'SELECT @keys, @@key', 'SELECT @keys, @@key'],
  ];
  test.each(cases)('%s', (_name, sql, expected) => expect(bound(sql, KEY)).toBe(expected));

  test('it is bound as the text that it is sent as', () => {
    expect(bindParameters(request('SELECT @key, @n', KEY, parameter('n', 'INT64', '1'))).queryParameters).toEqual([parameter('key', 'STRING', 'AAEC/w=='), parameter('n', 'INT64', '1')]);
  });
  test('a null keeps its type, and other types are left alone', () => {
    const other = request('SELECT @a, @b', parameter('a', 'BYTES', null), parameter('b', 'NUMERIC', '1.5'));
    expect(bindParameters(other)).toBe(other);
  });
  test('an array with BYTES is refused', () => {
    const list = { name: 'a', parameterType: { type: 'ARRAY', arrayType: { type: 'BYTES' } }, parameterValue: { arrayValues: [] } };
    expect(() => bindParameters(request('SELECT @a', list))).toThrow(Refusal);
  });
});

describe('a script, where the emulator binds nothing', () => {
  const cases: [string, string | null, string][] = [
    ['STRING', "it's", "SAFE_CONVERT_BYTES_TO_STRING(FROM_BASE64('aXQncw=='))"],
    ['STRING', '', "SAFE_CONVERT_BYTES_TO_STRING(FROM_BASE64(''))"],
    ['BYTES', 'AAEC/w==', "FROM_BASE64('AAEC/w==')"],
    ['INT64', '-9223372036854775808', "CAST('-9223372036854775808' AS INT64)"],
    ['NUMERIC', '1.123456789', "CAST('1.123456789' AS NUMERIC(38,9))"],
    ['BOOL', 'true', 'TRUE'],
    ['BOOL', 'false', 'FALSE'],
    ['DATE', '2026-01-31', "DATE '2026-01-31'"],
    ['TIMESTAMP', '2026-01-31T00:00:00.000001Z', "TIMESTAMP '2026-01-31T00:00:00.000001Z'"],
    ['NUMERIC', null, 'CAST(NULL AS NUMERIC(38,9))'],
    ['TIMESTAMP', null, 'CAST(NULL AS TIMESTAMP)'],
  ];
  test.each(cases)('%s %s', (type, value, expected) => {
    const { query, queryParameters } = bindParameters(request("BEGIN TRANSACTION; SELECT @x, '@x'; COMMIT TRANSACTION;", parameter('x', type, value)));
    expect(query).toBe(`BEGIN TRANSACTION; SELECT ${expected}, '@x'; COMMIT TRANSACTION;`);
    expect(queryParameters).toEqual([]);
  });

  const refused: [string, JsonObject][] = [
    ['a text that would end the literal', parameter('x', 'DATE', "2026-01-01' OR '1")],
    ['a type without a literal', parameter('x', 'JSON', '{}')],
    ['an inherited name as type', parameter('x', 'constructor', '1')],
    ['a list', { name: 'x', parameterType: { type: 'ARRAY', arrayType: { type: 'INT64' } }, parameterValue: {} }],
    ['a parameter by position', { parameterType: { type: 'INT64' }, parameterValue: { value: '1' } }],
  ];
  test.each(refused)('%s is refused', (_name, one) => expect(() => bindParameters(request('SELECT @x; SELECT 1', one))).toThrow(Refusal));
});

test('a request without parameters is the same request', () => {
  const plain = parseExactly('{"query":"SELECT 1; SELECT 2"}')!;
  expect(bindParameters(plain)).toBe(plain);
});
