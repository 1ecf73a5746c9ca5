import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PARAMETER_TYPES } from '../../sql/parameters.ts';
import { ARCHIVED_MESSAGES } from '../googlesql/archive.ts';
import type { Cell } from '../googlesql/cells.ts';
import { compareAll, type Compared, type Engines, IN_ORDER } from '../googlesql/compare.ts';
import { draws } from '../googlesql/draw.ts';
import { duckdbSide } from '../googlesql/duckdb-side.ts';
import { startGoogleSql } from '../googlesql/googlesql.ts';
import { parameters } from '../googlesql/parameters.ts';
import { hash } from '../googlesql/payloads.ts';
import { queryOf, VIEWS } from '../googlesql/statements.ts';
import { FILLED, world } from '../googlesql/world.ts';

/** Among its books is a payment that the ledger holds twice, which two engines once showed differently. */
const GATE_SEED = 374_410;

/**
 * Every query of the project on generated books, by Google's reference evaluator and by DuckDB: the same rows, value by value. Books
 * differ with each seed; TEST_SEED repeats those of a failure, TEST_RUNS sets how many there are. The gate looks at the same ones each time, so
 * that what it says is of the change; a person who runs it explores others.
 */
const SEED = Number(process.env.TEST_SEED ?? (process.env.CI ? GATE_SEED : Date.now() % 1_000_000));
/** Each takes 2 to 5 seconds. Prevents the file from taking longer than four minutes on two busy cores. */
const RUNS = Number(process.env.TEST_RUNS ?? 24);
/** Prevents a slow machine from failing a run that found no difference. */
const MILLISECONDS_PER_RUN = 30_000;

/** What has no query: why the evaluator is not asked. */
const NOT_EVALUATED: Readonly<Record<string, RegExp>> = {
  'jobs/post/1-head.sql': /^UPDATE/, // changes a row
  'jobs/reconcile/take-number.sql': /^UPDATE/, // the same
  'jobs/audit/append.sql': /^INSERT INTO \w+ \([^)]*\)\s+VALUES/, // inserts its parameters, unchanged
  'jobs/reconcile/90-run.sql': /^INSERT INTO \w+ \([^)]*\)\s+VALUES/, // the same
};

const directory = mkdtempSync(join(tmpdir(), 'payments-test-'));
let engines: Engines;

beforeAll(async () => {
  engines = { google: startGoogleSql(), duckdb: await duckdbSide(directory) };
  await engines.google.declare({
    tables: { archived_messages: ARCHIVED_MESSAGES, raw_messages: RAW_MESSAGES, ...Object.fromEntries(FILLED.map(({ name, columns }) => [name, columns.map((column) => [column.name, column.type] as const)])) },
    parameters: Object.fromEntries(PARAMETER_TYPES),
    options: {},
  });
}, 120_000);

afterAll(() => {
  engines?.google.close();
  engines?.duckdb.close();
  rmSync(directory, { recursive: true, force: true });
});

test('what is not evaluated has no query, and all that has none is named', () => {
  const without = IN_ORDER.filter(({ sql, makes }) => makes === undefined && queryOf(sql) === null);
  expect(without.map(({ file }) => file).sort()).toEqual(Object.keys(NOT_EVALUATED).sort());
  for (const { file, sql } of without) expect(sql.replace(/^(--[^\n]*\n)+/, ''), file).toMatch(NOT_EVALUATED[file]);
});

test(`both engines answer every query alike on ${RUNS} generated books (TEST_SEED=${SEED})`, async () => {
  const compared: Compared = { statements: 0, rows: 0, with_rows: new Set() };
  await fc.assert(
    fc.asyncProperty(draws, async (draw) => {
      const books = world(draw);
      const differences = await compareAll(engines, books, parameters(draw, books), compared);
      if (differences.length > 0) throw new Error(`${differences.length} statements differ:\n${differences.join('\n')}`);
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  const silent = IN_ORDER.filter(({ file }) => !(file in NOT_EVALUATED) && !compared.with_rows.has(file)).map(({ file }) => file);
  console.log(`${compared.statements} answers compared, ${compared.rows} rows; without a row in any of these books: ${silent.join(', ') || 'none'}`);
  expect(compared.statements).toBe(RUNS * (IN_ORDER.length - Object.keys(NOT_EVALUATED).length));
}, RUNS * MILLISECONDS_PER_RUN);

/** What differed once, or would. */
describe('what is published is read alike', () => {
  const cases: [string, string | Buffer, Record<string, Cell>][] = [
    ['an amount from 10^9 on, which no NUMERIC(18,9) holds', '{"amount":"12345678901.5"}', { amount: '12345678901500000000' }],
    ['bytes that are no UTF-8 say nothing', Buffer.from('7b22616d6f756e74223a2235222c2278223a22ff227d', 'hex'), { amount: null }],
    ['the character that stands for such bytes says what it says', '{"amount":"5","x":"\ufffd"}', { amount: '5000000000' }],
    ['a text that is cut off says nothing', '{"amount":"5"', { amount: null }],
    ['more than one value says nothing', '{"amount":"5"} x', { amount: null }],
    ['NaN is no JSON', '{"amount":"5","x":NaN}', { amount: null }],
    ['a comma at the end is no JSON', '{"amount":"5",}', { amount: null }],
    ['nor is one in single quotes', "{'amount':'5'}", { amount: null }],
    ['nor is half a surrogate pair', '{"amount":"5","x":"\\ud800"}', { amount: null }],
    ['a byte order mark before it is no part of it', '\ufeff{"amount":"5"}', { amount: '5000000000' }],
    ['a second one is no JSON', '\ufeff\ufeff{"amount":"5"}', { amount: null }],
    ['nor is one behind a blank', ' \ufeff{"amount":"5"}', { amount: null }],
    ['nor is one at the end', '{"amount":"5"}\ufeff', { amount: null }],
    ['nor is one alone', '\ufeff', { amount: null }],
    ['an escaped surrogate pair is one character', '{"transaction_id":"\\ud83d\\ude00"}', { transaction_id: '😀' }],
    ['of two members with one name, the first', '{"amount":"1","amount":"2"}', { amount: '1000000000' }],
    ['minor units are whole numbers', '{"amount_minor":12.5,"amount_exponent":2}', { amount: null }],
    ['in digits', '{"amount_minor":1e15,"amount_exponent":2}', { amount: null }],
    ['of ten digits and six', '{"amount_minor":1000000000000000,"amount_exponent":3}', { amount: '1000000000000000000000' }],
    ['more decimals than nine are rounded', '{"amount":"0.0000000005"}', { amount: '1' }],
    ['digits in groups are no amount', '{"amount":"1_000"}', { amount: null }],
    ['more than 10^15 is no amount', '{"amount":"1000000000000000.000000001"}', { amount: null }],
  ];
  test.each(cases)('%s', async (_name, text, expected) => {
    const [google, duckdb] = await published(text);
    expect(google).toMatchObject(expected);
    expect(duckdb).toEqual(google);
  });

  // Only in what the pipeline rejects, or in a number that is beyond all floating point. Both are on the safe side: an amount that is not known is a break.
  const known: [string, string, Record<string, Cell>, Record<string, Cell>][] = [
    ['a number beyond floating point: BigQuery can read nothing of it', '{"amount":"5","x":1e999}', { amount: null }, { amount: '5000000000' }],
    ['a large number for an id, which has to be a text', '{"transaction_id":12345678901234567890123}', { transaction_id: '1.2345678901234568e+22' }, { transaction_id: '12345678901234567890123' }],
  ];
  test.each(known)('but for %s', async (_name, text, google, duckdb) => {
    const found = await published(text);
    expect(found[0]).toMatchObject(google);
    expect(found[1]).toMatchObject(duckdb);
  });
});

const PUBLISHED = VIEWS.find(({ makes }) => makes === 'published_payments')!;

/** The one message of an archive as each engine reads it. */
async function published(text: string | Buffer): Promise<readonly Record<string, Cell>[]> {
  const data = Buffer.from(text as string);
  const archived_messages = [['m', hash(data), data.toString('hex'), null, null, null, 's', '1']];
  await engines.google.fill({ archived_messages });
  const google = await engines.google.evaluate(PUBLISHED.sql, {});
  const duckdb = await engines.duckdb.withRows({ archived_messages }, () => engines.duckdb.evaluate('SELECT * FROM published_payments', {}));
  const names = google.columns.map(([name]) => name);
  return [google, duckdb].map(({ rows: [row] }) => Object.fromEntries(names.map((name, place) => [name, row[place]])));
}

const RAW_MESSAGES = [['subscription_name', 'STRING'], ['message_id', 'STRING'], ['publish_time', 'TIMESTAMP'], ['data', 'BYTES'], ['attributes', 'STRING']] as const;

test('the archive of Pub/Sub gives each delivery with the hash of its bytes, whatever they are, and believes no dead letter', async () => {
  const bodies = ['', '00ff', '7b7d'];
  await engines.google.fill({ raw_messages: bodies.map((data, place) => ['projects/p/subscriptions/archive', String(place), String(place - 1), data, '{"CloudPubSubDeadLetterSourceTopicPublishTime":"x"}']) });
  const { columns, rows } = await engines.google.evaluate(VIEWS.find(({ makes }) => makes === 'archived_messages')!.sql, {});
  expect(columns).toEqual(ARCHIVED_MESSAGES);
  expect([...rows].sort()).toEqual(bodies.map((data, place) => [String(place), hash(Buffer.from(data, 'hex')), data, String(place - 1), null, '{"CloudPubSubDeadLetterSourceTopicPublishTime":"x"}', 'projects/p/subscriptions/archive', null]));
});
