import { randomUUID } from 'node:crypto';
import type { BigQuery } from '@google-cloud/bigquery';
import { bigqueryCall, bigqueryClient } from '../../functions/adapters/google/bigquery-client.ts';
import { bigqueryJournal } from '../../functions/adapters/google/bigquery-journal.ts';
import { createTable, tableResource } from '../../functions/adapters/google/bigquery-schema.ts';
import { fromResultRows, type ResultField, type ResultRow } from '../../functions/adapters/google/bigquery-values.ts';
import type { Micros } from '../../functions/payment/time.ts';
import type { SqlRow } from '../../functions/ports.ts';
import { paymentJournal } from '../../sql/tables/payment-journal.ts';
import type { OpenedJournal } from '../contract/journal.ts';

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

/** A journal in a dataset of its own. */
export interface EmulatedJournal extends OpenedJournal {
  /** `projects/P/datasets/D/tables/T`. */
  readonly table: string;
}

/** An empty one, whose table is made by `make`. */
async function open(make: (client: BigQuery, dataset: string) => Promise<unknown>): Promise<EmulatedJournal> {
  const client = emulator();
  const dataset = `journal_${randomUUID().replaceAll('-', '')}`;
  await client.createDataset(dataset);
  await make(client, dataset);
  return {
    table: `projects/${PROJECT}/datasets/${dataset}/tables/${paymentJournal.name}`,
    journal: bigqueryJournal(client, { dataset, deadline_milliseconds: DEADLINE_MILLISECONDS }),
    rows: () => query(client, `SELECT * FROM \`${PROJECT}\`.\`${dataset}\`.payment_journal ORDER BY journaled_at, message_id`),
    now: async () => (await query(client, 'SELECT CURRENT_TIMESTAMP() AS now'))[0].now as Micros,
    close: async () => void (await client.dataset(dataset).delete({ force: true })),
  };
}

const place = (dataset: string) => ({ project: PROJECT, dataset, scratch_dataset: dataset });
/** Made as infrastructure makes it. */
export const byResource = () => open((client, dataset) => bigqueryCall(client, { method: 'POST', uri: `/datasets/${dataset}/tables`, json: tableResource(paymentJournal, place(dataset)) }));
export const byStatement = () => open((client, dataset) => bigqueryCall(client, { method: 'POST', uri: '/queries', json: { query: createTable(paymentJournal, place(dataset)), useLegacySql: false } }));
export const withoutTable = () => open(async () => undefined);
