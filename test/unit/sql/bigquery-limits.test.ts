import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { GOOGLE_TABLES } from '../../../sql/tables/index.ts';
import { subqueriesInJoins } from './join-conditions.ts';

/** What Google's analyzer and every emulator take, and BigQuery refuses. */

const SQL = new URL('../../../sql/', import.meta.url);
const FILES = globSync('**/*.sql', { cwd: SQL }).sort();

/** https://cloud.google.com/bigquery/docs/clustered-tables#cluster_column_types: no BYTES, no TIME. */
const CLUSTERED = /^(STRING|INT64|NUMERIC(\(\d+,\d+\))?|BOOL|DATE|DATETIME|TIMESTAMP)$/;
/** https://cloud.google.com/bigquery/docs/clustered-tables#limitations */
const MOST_CLUSTER_COLUMNS = 4;

test.each(GOOGLE_TABLES)('$name is clustered and partitioned by columns that BigQuery takes', ({ columns, clusterBy = [], partitionBy }) => {
  const typeOf = (column: string) => columns.find(({ name }) => name === column)?.type;
  for (const column of clusterBy) expect(`${column} ${typeOf(column)}`).toMatch(new RegExp(`^${column} ${CLUSTERED.source.slice(1)}`));
  expect(clusterBy.length).toBeLessThanOrEqual(MOST_CLUSTER_COLUMNS);
  if (partitionBy !== undefined) expect(['DATE', 'TIMESTAMP']).toContain(typeOf(partitionBy));
});

test('some tables are clustered', () => expect(GOOGLE_TABLES.filter(({ clusterBy }) => clusterBy !== undefined).length).toBeGreaterThan(2));

test('no statement has a subquery in the condition of a join', () => {
  expect(FILES.length).toBeGreaterThan(80);
  expect(FILES.filter((file) => subqueriesInJoins(readFileSync(new URL(file, SQL), 'utf8')) > 0)).toEqual([]);
});

describe('a subquery in the condition of a join', () => {
  test.each([
    ['is found', 'SELECT 1 FROM a JOIN b ON a.x = b.x AND (SELECT COUNT(*) FROM c) = 1 WHERE TRUE', 1],
    ['is found in brackets', 'SELECT 1 FROM a JOIN b ON (a.x = b.x AND EXISTS (SELECT 1 FROM c))', 1],
    ['is found within a subquery', 'SELECT 1 FROM (SELECT 1 FROM a LEFT JOIN b ON a.x IN (SELECT x FROM c)) WHERE TRUE', 1],
    ['is none in WHERE', 'SELECT 1 FROM a JOIN b ON a.x = b.x WHERE (SELECT COUNT(*) FROM c) = 1', 0],
    ['is none in what is joined next', 'SELECT 1 FROM a JOIN b ON a.x = b.x LEFT JOIN (SELECT 1 FROM c) AS d ON d.x = a.x', 0],
    ['is none after a subquery that ends with one', 'SELECT x, (SELECT 1 FROM c) FROM (SELECT x FROM a JOIN b ON a.x = b.x) AS y', 0],
    ['is none in a comment', 'SELECT 1 FROM a JOIN b ON a.x = b.x -- SELECT\n WHERE TRUE', 0],
  ])('%s', (_name, sql, count) => expect(subqueriesInJoins(sql)).toBe(count));
});
