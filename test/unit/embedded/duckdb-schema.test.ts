import { expect, test } from 'vitest';
import { TABLES } from '../../../sql/tables/index.ts';
import { duckdbTable, LARGE_TABLES } from '../../../functions/adapters/embedded/duckdb-schema.ts';

test('each column of a table with a row for each message says how it is kept: else DuckDB tries every way', () => {
  const large = TABLES.filter(({ name, only }) => LARGE_TABLES.has(name) && only !== 'google');
  expect(large.map(({ name }) => name).sort()).toEqual([...LARGE_TABLES].sort());
  const silent = large.flatMap((table) => {
    const [create] = duckdbTable(table);
    return table.columns.filter(({ name }) => !new RegExp(`[(,] ?${name} [^,]*(?:\\([^)]*\\)[^,]*)? USING COMPRESSION \\w+`).test(create)).map(({ name }) => `${table.name}.${name}`);
  });
  expect(silent).toEqual([]);
});
