import { describe, expect, test } from 'vitest';
import { Refusal, refuseKnownLies } from '../../../engines/bigquery-shim/refusals.ts';
import { sqlTokens } from '../../../engines/bigquery-shim/sql-tokens.ts';
import { schemaStatements } from '../../../functions/adapters/google/bigquery-schema.ts';

const refused = (sql: string) => expect(() => refuseKnownLies(sqlTokens(sql)), sql).toThrow(Refusal);
const let_through = (sql: string) => expect(() => refuseKnownLies(sqlTokens(sql)), sql).not.toThrow();

describe('refused', () => {
  test.each(["SELECT CAST(a AS NUMERIC)", 'SELECT safe_cast(a\n AS  numeric ) FROM t', 'CREATE TABLE t (a NUMERIC, b STRING)', 'CREATE TABLE t (a NUMERIC NOT NULL)', "SELECT '\\u00e9'", 'SELECT "a\\x41"', "SELECT b'\\101'", "SELECT 'a\\\\\\u0041'"])('%s', refused);
});

describe('let through', () => {
  test.each(['SELECT CAST(a AS NUMERIC(38,9))', "SELECT NUMERIC '1.5'", 'CREATE TABLE t (a NUMERIC(38,9))', "SELECT 'AS NUMERIC)' -- CAST(a AS NUMERIC)", 'SELECT a AS numeric_value', "SELECT r'\\u00e9'", "SELECT 'a\\\\u00e9', 'tab\\t'"])('%s', let_through);
  test('every statement of the schema', () => schemaStatements({ project: 'p', dataset: 'd', scratch_dataset: 's' }).forEach(let_through));
});
