import { randomUUID } from 'node:crypto';
import type { BigQuery } from '@google-cloud/bigquery';
import { bigqueryBooks, type BigqueryBooks } from '../../functions/adapters/google/bigquery-books.ts';
import { bigqueryCall, bigqueryClient } from '../../functions/adapters/google/bigquery-client.ts';
import { readResults, runQueryJob } from '../../functions/adapters/google/bigquery-job.ts';
import type { BooksPlace } from '../../functions/adapters/google/bigquery-names.ts';
import { schemaStatements } from '../../functions/adapters/google/bigquery-schema.ts';
import { fromResultRows } from '../../functions/adapters/google/bigquery-values.ts';
import type { Log, SqlRow } from '../../functions/ports.ts';

const LOCATION = 'US';

/** Empty books in datasets of their own, on the emulator. */
export interface BigqueryStore {
  readonly client: BigQuery;
  readonly place: BooksPlace;
  readonly logged: string[];
  books(attempt?: string): BigqueryBooks;
  /** Rows of any query on the books; `{dataset}` stands for them. */
  rows(sql: string): Promise<SqlRow[]>;
  /** Streams rows into a table, values as the REST API takes them. */
  insert(table: string, rows: readonly object[]): Promise<void>;
}

/** Throws where no emulator is named: nothing here may ever reach a real project. */
export async function bigqueryStore(): Promise<BigqueryStore> {
  if (!process.env.BIGQUERY_EMULATOR_HOST) throw new Error('BIGQUERY_EMULATOR_HOST is not set: run `npm run test:emulators`');
  const project = process.env.GOOGLE_CLOUD_PROJECT ?? 'test';
  const client = bigqueryClient({ project, location: LOCATION });
  const dataset = `books_${randomUUID().replaceAll('-', '')}`;
  const place: BooksPlace = { project, dataset, scratch_dataset: `${dataset}_scratch` };
  const logged: string[] = [];
  const log: Log = { write: (severity, message) => void logged.push(`${severity} ${message}`) };
  let jobs = 0;
  const run = async (sql: string) => {
    const id = `${dataset}_${++jobs}`;
    await runQueryJob(client, LOCATION, { id, sql, parameters: [], is_script: false, bytes_limit: null, labels: {} });
    return id;
  };
  for (const name of [place.dataset, place.scratch_dataset]) await client.createDataset(name);
  for (const statement of schemaStatements(place)) await run(statement);
  return {
    client,
    place,
    logged,
    books: (attempt = randomUUID()) => bigqueryBooks(client, { place, location: LOCATION, run: { job: 'test', schedule_time: null, attempt }, log }),
    async rows(sql) {
      const { fields, rows } = await readResults(client, LOCATION, await run(sql.replaceAll('{dataset}', `\`${project}\`.\`${dataset}\``)));
      return fromResultRows(fields, rows);
    },
    async insert(table, rows) {
      for (let start = 0; start < rows.length; start += 500) {
        const answer = await bigqueryCall<{ insertErrors?: unknown[] }>(client, { method: 'POST', uri: `/datasets/${dataset}/tables/${table}/insertAll`, json: { rows: rows.slice(start, start + 500).map((json) => ({ json })) } });
        if (answer.insertErrors?.length) throw new Error(`insertAll into ${table}: ${JSON.stringify(answer.insertErrors[0])}`);
      }
    },
  };
}
