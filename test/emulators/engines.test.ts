import { randomUUID } from 'node:crypto';
import { Firestore } from '@google-cloud/firestore';
import { PubSub } from '@google-cloud/pubsub';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bigqueryCall, bigqueryClient } from '../../functions/adapters/google/bigquery-client.ts';
import { fromResultRows, type ResultField, type ResultRow, toQueryParameter } from '../../functions/adapters/google/bigquery-values.ts';
import type { SqlRow, SqlValue } from '../../functions/ports.ts';

if (!process.env.BIGQUERY_EMULATOR_HOST) throw new Error('BIGQUERY_EMULATOR_HOST is not set: run npm run test:emulators');

/** That the engines behave, through Google's own clients, as the other tests here rely on. */
const PROJECT = process.env.GOOGLE_CLOUD_PROJECT ?? 'test';
const RUN = `engines_${randomUUID().replaceAll('-', '')}`;
const bigquery = bigqueryClient({ project: PROJECT, location: 'US' });

interface Result {
  readonly schema: { readonly fields: readonly ResultField[] };
  readonly rows?: readonly ResultRow[];
}

async function query(sql: string, parameters: Readonly<Record<string, SqlValue>> = {}): Promise<SqlRow[]> {
  const queryParameters = Object.entries(parameters).map(([name, value]) => toQueryParameter(name, value));
  const json = { query: sql, useLegacySql: false, parameterMode: 'NAMED', queryParameters, formatOptions: { useInt64Timestamp: true } };
  const { schema, rows = [] } = await bigqueryCall<Result>(bigquery, { method: 'POST', uri: '/queries', json });
  return fromResultRows(schema.fields, rows);
}

describe('BigQuery', () => {
  beforeAll(async () => {
    await bigquery.createDataset(RUN);
    await query(`CREATE TABLE ${RUN}.payment_journal (message_id STRING, journaled_at TIMESTAMP NOT NULL)`);
    await query(`CREATE TABLE ${RUN}.bound (text STRING, key BYTES, count INT64, amount NUMERIC(38,9), moment TIMESTAMP, day DATE, yes BOOL)`);
  });
  afterAll(() => bigquery.dataset(RUN).delete({ force: true }));

  const failing: [string, string, number, string][] = [
    ['a syntax error', 'SELEC 1', 400, 'invalidQuery'],
    ['an error at run time', "SELECT ERROR('no')", 400, 'invalidQuery'],
    ['a table that is not there', 'SELECT * FROM no_such_dataset.no_such_table', 404, 'notFound'],
    ['a script', "BEGIN TRANSACTION; SELECT ERROR('no'); COMMIT TRANSACTION;", 400, 'invalidQuery'],
  ];
  test.each(failing)('%s rejects', async (_name, sql, code, reason) => {
    await expect(query(sql)).rejects.toMatchObject({ code, errors: [{ reason }] });
  });

  const BYTES = Buffer.from([0, 1, 39, 92, 255]);
  const values: [string, SqlValue, unknown][] = [
    ['STRING', "it's é \\n 'x' @x", "it's é \\n 'x' @x"],
    ['the largest INT64', 9223372036854775807n, 9223372036854775807n],
    ['the smallest INT64', -9223372036854775808n, -9223372036854775808n],
    ['NUMERIC', { numeric: '12345678901234567890.123456789' }, '12345678901234567890.123456789'],
    ['TIMESTAMP to the microsecond', { timestamp: 1_767_225_600_123_456 }, 1_767_225_600_123_456],
    ['DATE', { date: '2026-02-28' }, '2026-02-28'],
    ['BYTES', BYTES, BYTES],
    ['BOOL', false, false],
  ];
  test.each(values)('a parameter comes back as it was bound: %s', async (_name, value, expected) => {
    expect(await query('SELECT @x AS x', { x: value })).toEqual([{ x: expected }]);
  });

  test('parameters of every type are bound in a script as well, and its transaction is kept', async () => {
    const bound = { text: "it's", key: BYTES, count: 7n, amount: { numeric: '1.123456789' }, moment: { timestamp: 1_767_225_600_123_456 }, day: { date: '2026-02-28' }, yes: true };
    await query(`BEGIN TRANSACTION; INSERT INTO ${RUN}.bound SELECT @text, @key, @count, @amount, @moment, @day, @yes; COMMIT TRANSACTION;`, bound);
    expect(await query(`SELECT * FROM ${RUN}.bound WHERE key = @key`, { key: BYTES })).toEqual([{ ...bound, amount: '1.123456789', moment: 1_767_225_600_123_456, day: '2026-02-28' }]);
  });

  test('a script that fails has written nothing', async () => {
    await query(`BEGIN TRANSACTION; INSERT INTO ${RUN}.bound (text) SELECT 'half'; SELECT ERROR('no'); COMMIT TRANSACTION;`).catch(() => {});
    expect(await query(`SELECT text FROM ${RUN}.bound WHERE text = 'half'`)).toEqual([]);
  });

  // A null has the type that sql/parameters.ts gives its name.
  test.each([['from_time', 'TIMESTAMP'], ['today', 'DATE'], ['most_times', 'INTEGER'], ['id', 'STRING'], ['data_sha256', 'BYTES'], ['is_behind', 'BOOLEAN']])('a null keeps its type: @%s', async (name, type) => {
    const json = { query: `SELECT @${name} AS x`, useLegacySql: false, parameterMode: 'NAMED', queryParameters: [toQueryParameter(name, null)] };
    const { schema, rows } = await bigqueryCall<Result>(bigquery, { method: 'POST', uri: '/queries', json });
    expect([schema.fields[0].type, rows?.[0].f[0].v]).toEqual([type, null]);
  });

  test('insertAll stamps journaled_at, each row after the one before', async () => {
    await bigquery.dataset(RUN).table('payment_journal').insert([{ message_id: 'a' }, { message_id: 'b' }]);
    await bigquery.dataset(RUN).table('payment_journal').insert([{ message_id: 'c' }]);
    const rows = await query(`SELECT message_id, journaled_at FROM ${RUN}.payment_journal ORDER BY journaled_at`);
    expect(rows.map(({ message_id }) => message_id)).toEqual(['a', 'b', 'c']);
    expect(new Set(rows.map(({ journaled_at }) => journaled_at)).size).toBe(3);
  });

  test("a job's id serves once", async () => {
    const json = { jobReference: { projectId: PROJECT, jobId: `${RUN}_once` }, configuration: { query: { query: 'SELECT 1', useLegacySql: false } } };
    await bigqueryCall(bigquery, { method: 'POST', uri: '/jobs', json });
    await expect(bigqueryCall(bigquery, { method: 'POST', uri: '/jobs', json })).rejects.toMatchObject({ code: 409 });
  });
});

test('Firestore: the second create of a document is refused with code 6', async () => {
  const firestore = new Firestore({ projectId: PROJECT });
  const document = firestore.collection(RUN).doc('one');
  await document.create({ owner: 'first' });
  await expect(document.create({ owner: 'second' })).rejects.toMatchObject({ code: 6 });
  expect((await document.get()).get('owner')).toBe('first');
  await document.delete();
  await firestore.terminate();
});

test('Pub/Sub: a published message is delivered with its data and attributes', async () => {
  const pubsub = new PubSub({ projectId: PROJECT });
  const [topic] = await pubsub.createTopic(RUN);
  const [subscription] = await topic.createSubscription(RUN);
  const delivered = new Promise<[string, Record<string, string>]>((resolve, reject) => {
    subscription.on('error', reject).on('message', (message) => {
      message.ack();
      resolve([message.data.toString(), message.attributes]);
    });
  });
  await topic.publishMessage({ data: Buffer.from('payment'), attributes: { producer: 'shop' } });
  expect(await delivered).toEqual(['payment', { producer: 'shop' }]);
  await subscription.close();
  await Promise.all([subscription.delete(), topic.delete()]);
  await pubsub.close();
});
