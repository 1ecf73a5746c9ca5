import { randomUUID } from 'node:crypto';
import type { BigQuery } from '@google-cloud/bigquery';
import { describe, expect, test } from 'vitest';
import { bigqueryCall, bigqueryClient } from '../../functions/adapters/google/bigquery-client.ts';
import { bigqueryJournal } from '../../functions/adapters/google/bigquery-journal.ts';
import { createTable, tableResource } from '../../functions/adapters/google/bigquery-schema.ts';
import { fromResultRows, type ResultField, type ResultRow } from '../../functions/adapters/google/bigquery-values.ts';
import type { Micros } from '../../functions/payment/time.ts';
import type { SqlRow } from '../../functions/ports.ts';
import { paymentJournal } from '../../sql/tables/payment-journal.ts';
import { journalContract, line, type OpenedJournal } from '../contract/journal.ts';

const PROJECT = process.env.GOOGLE_CLOUD_PROJECT ?? 'test';
/** The emulator takes one call at a time, and on a busy machine its own time for each. */
const DEADLINE_MILLISECONDS = 100_000;

/** Throws where no emulator is named: nothing here may ever reach a real project. */
function emulator(): BigQuery {
  if (!process.env.BIGQUERY_EMULATOR_HOST) throw new Error('BIGQUERY_EMULATOR_HOST is not set: run `npm run test:emulators`');
  return bigqueryClient({ project: PROJECT, location: 'US' });
}

/** How the emulator writes the NUMERIC 0; BigQuery writes `0`. */
const EMULATED_ZERO = '0E-9';

async function query(client: BigQuery, sql: string): Promise<SqlRow[]> {
  const json = { query: sql, useLegacySql: false, formatOptions: { useInt64Timestamp: true }, maxResults: 100_000 };
  const { schema, rows = [] } = await bigqueryCall<{ schema: { fields: ResultField[] }; rows?: ResultRow[] }>(client, { method: 'POST', uri: '/queries', json });
  return fromResultRows(schema.fields, rows.map(({ f }) => ({ f: f.map(({ v }) => ({ v: v === EMULATED_ZERO ? '0' : v })) })));
}

/** An empty `payment_journal` in a dataset of its own, made by `make`. */
async function open(make: (client: BigQuery, dataset: string) => Promise<unknown>): Promise<OpenedJournal> {
  const client = emulator();
  const dataset = `journal_${randomUUID().replaceAll('-', '')}`;
  await client.createDataset(dataset);
  await make(client, dataset);
  return {
    journal: bigqueryJournal(client, { dataset, deadline_milliseconds: DEADLINE_MILLISECONDS }),
    rows: () => query(client, `SELECT * FROM \`${PROJECT}\`.\`${dataset}\`.payment_journal ORDER BY journaled_at, message_id`),
    now: async () => (await query(client, 'SELECT CURRENT_TIMESTAMP() AS now'))[0].now as Micros,
    close: async () => void (await client.dataset(dataset).delete({ force: true })),
  };
}

const place = (dataset: string) => ({ project: PROJECT, dataset, scratch_dataset: dataset });
const byResource = () => open((client, dataset) => bigqueryCall(client, { method: 'POST', uri: `/datasets/${dataset}/tables`, json: tableResource(paymentJournal, place(dataset)) }));
const byStatement = () => open((client, dataset) => bigqueryCall(client, { method: 'POST', uri: '/queries', json: { query: createTable(paymentJournal, place(dataset)), useLegacySql: false } }));
const withoutTable = () => open(async () => undefined);

describe('the journal in BigQuery, its table made as infrastructure makes it', () => journalContract({ stamps: 'store', many_lines: 1_200 }, byResource));

test('its table made by the statement takes a line as well', async () => {
  const { journal, rows, close } = await byStatement();
  await journal.append([line('a')]);
  expect(await rows()).toMatchObject([{ message_id: 'a', amount: '10.500000000', amount_minor: 1050n, payload: line('a').payload }]);
  await close();
});

test('columns are those of the description, in order', async () => {
  const { journal, rows, close } = await byResource();
  await journal.append([line('a')]);
  expect(Object.keys((await rows())[0])).toEqual(paymentJournal.columns.map(({ name }) => name));
  await close();
});

test('text comes back to the letter', async () => {
  const { journal, rows, close } = await byResource();
  const nasty = line('a"\\\u0001\u2028😀\uffff', undefined, { metadata: { note: '{{projectId}} \' " \\ \n \u0000 é' } });
  await journal.append([nasty]);
  expect(await rows()).toMatchObject([{ message_id: nasty.message.message_id, payload: nasty.payload }]);
  await close();
});

test('what concurrent requests append is all there, each line once', async () => {
  const { journal, rows, close } = await byResource();
  const ids = Array.from({ length: 80 }, (_, index) => `message-${index}`);
  await Promise.all(ids.map((id) => journal.append([line(id)])));
  expect((await rows()).map((row) => row.message_id as string).sort()).toEqual([...ids].sort());
  await close();
});

test('no table: the append fails, so that the message comes again', async () => {
  const { journal, close } = await withoutTable();
  await expect(journal.append([line('a')])).rejects.toMatchObject({ code: 'call_failed', status: 404, reason: 'notFound' });
  await close();
});
