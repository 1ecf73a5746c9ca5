import { describe, expect, test } from 'vitest';
import { toQueryParameter } from '../../../functions/adapters/google/bigquery-values.ts';
import type { SqlValue } from '../../../functions/ports.ts';

const AT = Date.UTC(2026, 0, 31, 12) * 1_000 + 123_456;

describe('a value as a parameter has the type of its column, and every digit', () => {
  test.each<[string, SqlValue, string, string]>([
    ['a text', 'caf\u00e9 \u{1f4b6}', 'STRING', 'caf\u00e9 \u{1f4b6}'],
    ['an empty text', '', 'STRING', ''],
    ['a text that looks like a time', '2026-01-31T12:00:00Z', 'STRING', '2026-01-31T12:00:00Z'],
    ['a bigint', 9_223_372_036_854_775_807n, 'INT64', '9223372036854775807'],
    ['a negative bigint', -9_223_372_036_854_775_808n, 'INT64', '-9223372036854775808'],
    ['a number', 42, 'INT64', '42'],
    ['a number that is written with an exponent', 1e21, 'INT64', '1000000000000000000000'],
    ['zero', 0, 'INT64', '0'],
    ['true', true, 'BOOL', 'true'],
    ['false', false, 'BOOL', 'false'],
    ['bytes', Uint8Array.of(0, 255, 62), 'BYTES', 'AP8+'],
    ['a part of bytes', Uint8Array.of(1, 0, 255, 62, 1).subarray(1, 4), 'BYTES', 'AP8+'],
    ['no bytes', new Uint8Array(), 'BYTES', ''],
    ['a time', { timestamp: AT }, 'TIMESTAMP', '2026-01-31T12:00:00.123456Z'],
    ['the first time', { timestamp: 0 }, 'TIMESTAMP', '1970-01-01T00:00:00Z'],
    ['a day', { date: '2026-01-31' }, 'DATE', '2026-01-31'],
    ['money', { numeric: '90071992547409.930000001' }, 'NUMERIC', '90071992547409.930000001'],
    ['negative money', { numeric: '-0.000000001' }, 'NUMERIC', '-0.000000001'],
  ])('%s', (_name, value, type, text) => {
    expect(toQueryParameter('name', value)).toEqual({ name: 'name', parameterType: { type }, parameterValue: { value: text } });
  });

  test.each([
    ['cut', 'TIMESTAMP'], ['today', 'DATE'], ['orphan_grace', 'INT64'], ['attempt', 'STRING'], ['data_sha256', 'BYTES'], ['is_behind', 'BOOL'],
  ])('null has that of its name: @%s', (name, type) => {
    expect(toQueryParameter(name, null)).toEqual({ name, parameterType: { type }, parameterValue: { value: null } });
  });

  test('null of a name that has none is an error', () => expect(() => toQueryParameter('nobody_knows', null)).toThrow('@nobody_knows is null and has no type in sql/parameters.ts'));
  test('a part of a number is no INT64', () => expect(() => toQueryParameter('run', 1.5)).toThrow(RangeError));
});
