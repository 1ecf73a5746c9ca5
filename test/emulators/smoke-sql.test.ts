import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toBigquery } from '../../functions/adapters/google/bigquery-dialect.ts';
import { views } from '../../functions/adapters/google/bigquery-schema.ts';
import { readSqlText } from '../../functions/adapters/sql-text.ts';
import { smokeSql } from '../../smoke/sql-file.ts';
import { PARAMETER_TYPES } from '../../sql/parameters.ts';
import { GOOGLE_TABLES } from '../../sql/tables/index.ts';
import { type GoogleSql, startGoogleSql } from '../googlesql/googlesql.ts';

/** Google's analyzer on the smoke test's own statements, as BigQuery gets them. */
const PLACE = { project: 'project', dataset: 'books', scratch_dataset: 'scratch' };
const PARAMETERS = { ...Object.fromEntries(PARAMETER_TYPES), prefix: 'STRING', message_ids: 'STRING', hashes: 'STRING', run: 'INT64' };
const NAMES = globSync('*.sql', { cwd: join(import.meta.dirname, '../../smoke/sql') }).map((file) => file.replace('.sql', '')).sort();

let google: GoogleSql;
beforeAll(async () => {
  google = startGoogleSql();
  await google.declare({ tables: Object.fromEntries(GOOGLE_TABLES.map((table) => [`project.books.${table.name}`, table.columns.map(({ name, type }) => [name, type] as const)])), parameters: PARAMETERS, options: {} });
  for (const { name, query } of views(PLACE)) await google.describe(query, `project.books.${name}`);
}, 300_000); // the analyzer is WebAssembly: on a busy machine it takes a minute to start
afterAll(() => google?.close());

test('there are statements', () => expect(NAMES.length).toBeGreaterThan(10));

test.each(NAMES)('%s', async (name) => {
  const { sql } = toBigquery(readSqlText(smokeSql(name)), PLACE, 'r1');
  expect(sql).not.toContain(';');
  expect(sql.replace(/--[^\n]*/g, '').trim()).toMatch(/^SELECT\b/); // it only reads
  expect((await google.describe(sql)).length).toBeGreaterThan(0);
});
