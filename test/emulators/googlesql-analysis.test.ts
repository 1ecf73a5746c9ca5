import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyzeColumnsRead } from '../../cost/columns-read.ts';
import columnsRead from '../../cost/columns-read.json' with { type: 'json' };
import { scratchTable, toBigquery } from '../../functions/adapters/google/bigquery-dialect.ts';
import { createTable, createView, seedHeads, views } from '../../functions/adapters/google/bigquery-schema.ts';
import { POSTING } from '../../functions/ledger/post.ts';
import { PARAMETER_TYPES } from '../../sql/parameters.ts';
import { GOOGLE_TABLES } from '../../sql/tables/index.ts';
import { type GoogleSql, startGoogleSql } from '../googlesql/googlesql.ts';
import { JOBS, ONE_MACHINE_ONLY, SCRATCH, SQL, type Statement, VIEWS } from '../googlesql/statements.ts';

/** Google's analyzer on the very texts that BigQuery gets: every name, type and parameter is checked against what is declared. */
const PLACE = { project: 'project', dataset: 'books', scratch_dataset: 'scratch' };
const RUN = 'r1';
const inFull = (sql: string) => toBigquery(sql, PLACE, RUN).sql;
const path = (quoted: string) => quoted.replaceAll('`', '');

let google: GoogleSql;

beforeAll(async () => {
  google = startGoogleSql();
  await google.declare({
    tables: Object.fromEntries(GOOGLE_TABLES.map((table) => [`project.books.${table.name}`, table.columns.map(({ name, type }) => [name, type] as const)])),
    parameters: Object.fromEntries(PARAMETER_TYPES),
    options: { description: 'STRING', partition_expiration_days: 'FLOAT64' },
  });
  for (const { name, query } of views(PLACE)) await named(name, () => google.describe(query, `project.books.${name}`));
  for (const { file, sql, makes } of SCRATCH) await named(file, () => google.describe(inFull(sql), path(scratchTable(makes!, PLACE, RUN))));
}, 120_000);

afterAll(() => google?.close());

/** The file with Google's message. */
async function named<T>(file: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

test('no file under sql/ is left out, and none is listed twice', () => {
  const listed = [...VIEWS, ...SCRATCH, ...JOBS].map(({ file }) => file).filter((file) => file.endsWith('.sql'));
  expect([...listed, ...ONE_MACHINE_ONLY].sort()).toEqual(globSync('**/*.sql', { cwd: SQL }).sort());
});

describe('Google accepts', () => {
  test.each(GOOGLE_TABLES.map((table) => [table.name, createTable(table, PLACE)]))('the table %s', (name, sql) => named(name, () => google.analyze(sql)));
  test.each(views(PLACE).map((view) => [view.name, createView(view, PLACE)]))('the view %s', (name, sql) => named(name, () => google.analyze(sql)));
  test.each(seedHeads(PLACE))('the first row of $table', ({ sql }) => google.analyze(sql));
  test.each(SCRATCH.map((made) => [made.makes, made] as const))('what makes %s, and adds to it', async (name, { file, sql, makes }: Statement) => {
    const table = scratchTable(makes!, PLACE, RUN);
    await named(file, () => google.analyze(`CREATE OR REPLACE TABLE ${table} AS\n${inFull(sql)}`));
    await named(file, () => google.analyze(`INSERT INTO ${table}\n${inFull(sql)}`));
    expect(inFull(sql), name).not.toMatch(/(FROM|JOIN) reconcile_/);
  });
  test.each(JOBS.map(({ file, sql }) => [file, sql]))('%s', (file, sql) => named(file, () => google.analyze(inFull(sql))));
});

describe('Google refuses', () => {
  const faults: [string, string, RegExp][] = [
    ['a column that no table has', 'SELECT jounaled_at FROM payment_journal', /Unrecognized name: jounaled_at/],
    ['a text that is compared with a number', 'SELECT 1 FROM payment_journal WHERE message_id = amount_minor', /No matching signature for operator =/],
    ['a parameter that no one declares', 'SELECT 1 FROM payment_journal WHERE message_id = @mesage_id', /Query parameter 'mesage_id' not found/],
    ['a parameter of another type', 'SELECT 1 FROM payment_journal WHERE journaled_at > @today', /No matching signature for operator >/],
    ['a table that is not there', 'SELECT 1 FROM payment_journals', /Table not found/],
    ['a column that is not grouped', 'SELECT currency, COUNT(*) FROM payment_transactions', /neither grouped nor aggregated/],
    ['a WHERE without FROM', 'SELECT 1 WHERE EXISTS (SELECT 1 FROM posting_head)', /Query without FROM clause cannot have a WHERE clause/],
    ['a SELECT alias that an aggregate of HAVING takes for a column', 'SELECT SUM(run) AS run FROM posting_head HAVING SUM(run) > 0', /Aggregations of aggregations/],
    ['an INSERT of too few columns', 'INSERT INTO posting_head (run, attempt, booking_date) SELECT 0, @attempt', /Inserted row has wrong column count/],
    ['an INSERT of another type', 'INSERT INTO posting_head (run, attempt, booking_date) SELECT 0, @attempt, @cut', /Query column 3 has type TIMESTAMP which cannot be inserted/],
    ['a function of DuckDB', 'SELECT epoch_us(journaled_at) FROM payment_journal', /Function not found/],
  ];
  test.each(faults)('%s', async (_name, sql, message) => {
    await expect(google.analyze(inFull(sql))).rejects.toThrow(message);
  });
  test('an option that no table has', () => expect(google.analyze('CREATE TABLE t (a INT64 OPTIONS(descripton="x"))')).rejects.toThrow(/Unknown option/));
});

/** Each QUALIFY with what stands before it in the same SELECT, what is in parentheses left out. */
function beforeQualify(sql: string): string[] {
  const found: string[] = [];
  const open = [''];
  for (const [token] of sql.replace(/--[^\n]*|'[^']*'/g, '').matchAll(/\w+|[^\w\s]/g)) {
    if (token === '(') open.push('');
    else if (token === ')') open.pop();
    else if (token === 'SELECT') open[open.length - 1] = '';
    else if (token === 'QUALIFY') found.push(open.at(-1)!);
    else open[open.length - 1] += ` ${token}`;
  }
  return found;
}

describe('what BigQuery allows less than its language', () => {
  const all = [...VIEWS, ...SCRATCH, ...JOBS];
  // https://cloud.google.com/bigquery/docs/transactions#limitations and https://cloud.google.com/bigquery/docs/views#view_limitations
  test.each(all.filter(({ file }) => (POSTING as readonly string[]).includes(file)).map(({ file, sql }) => [file, sql]))('a transaction makes no tables and needs no script: %s', (_file, sql) => {
    expect(sql.replace(/--[^\n]*/g, '')).not.toMatch(/;|\b(CREATE|DROP|ALTER|TEMP|DECLARE|IF|LOOP|BEGIN|EXECUTE)\b/);
  });
  test.each(VIEWS.map(({ file, sql }) => [file, sql]))('a view takes no parameter: %s', (_file, sql) => expect(toBigquery(sql, PLACE).parameters).toEqual([]));
  // https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#qualify_clause
  test('a QUALIFY has a WHERE, GROUP BY or HAVING beside it', () => {
    expect(beforeQualify("SELECT 'WHERE' FROM (SELECT 1 WHERE TRUE) QUALIFY 1")).toEqual([' FROM']);
    for (const { file, sql } of all) for (const before of beforeQualify(sql)) expect(before, file).toMatch(/\b(WHERE|GROUP BY|HAVING)\b/);
  });
  test.each(all.map(({ file, sql }) => [file, sql]))('one statement a file: %s', (_file, sql) => expect(sql.replace(/--[^\n]*|'[^']*'/g, '')).not.toContain(';'));
});

test('cost/columns-read.json is up to date: `npm run cost:columns` writes it', () => {
  expect(columnsRead).toEqual(analyzeColumnsRead(process.env.PAYMENTS_TEST_PYTHON!));
});
