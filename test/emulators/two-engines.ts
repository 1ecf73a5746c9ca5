import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { fromDuckdbRow } from '../../functions/adapters/embedded/duckdb-values.ts';
import { formatMicros } from '../../functions/payment/time.ts';
import type { Books, SqlRow } from '../../functions/ports.ts';
import { paymentJournal } from '../../sql/tables/payment-journal.ts';
import { rawMessagesFromPubsub } from '../../sql/tables/raw-messages.ts';
import { type Published } from '../reconciliation/published.ts';
import { trialStore } from '../reconciliation/trial-store.ts';
import { type BigqueryStore, bigqueryStore } from './bigquery-store.ts';

/** The same journal and archive, with nothing posted yet, on DuckDB and in BigQuery. */
export interface TwoEngines {
  readonly duckdb: Books;
  readonly bigquery: Books;
  readonly store: BigqueryStore;
  /** What both have in a table or view, rows in one order, values as text. */
  both(query: string): Promise<{ duckdb: string[]; bigquery: string[] }>;
  /** Changes both; `{archive}` is the table of the raw archive. */
  run(sql: string): Promise<void>;
  close(): void;
}

const LEDGER_TABLES = ['payment_transactions', 'posting_runs', 'posting_totals', 'reconciliation_runs', 'reconciliation_totals', 'reconciliation_breaks', 'audit_log'];
/** What the Pub/Sub subscription would have archived: no dead letters, no lines. */
const GOOGLE_ARCHIVE = `
  SELECT message_id, data_sha256, data, published_at, CAST(NULL AS TIMESTAMPTZ) AS dead_letter_published_at, COALESCE(attributes, '{}') AS attributes, 'archive' AS source, CAST(NULL AS BIGINT) AS line_number
  FROM archived_messages WHERE dead_letter_published_at IS NULL`;

/** Takes traffic in through the real pipeline, and copies journal and archive to the other engine. */
export async function twoEngines(traffic: readonly (Published | string)[]): Promise<TwoEngines> {
  const embedded = await trialStore(mkdtempSync(join(tmpdir(), 'payments-test-')));
  const { connection } = embedded.directory.store;
  if (traffic.length > 0) await embedded.ingest(traffic);
  for (const table of LEDGER_TABLES) await embedded.run(`DELETE FROM ${table}`);
  await embedded.run("UPDATE posting_head SET run = 0, attempt = 'none yet', booking_date = DATE '1970-01-01'");
  await embedded.run("UPDATE reconciliation_head SET reconciliation = 0, attempt = 'none yet'");
  await embedded.run(`CREATE TABLE google_archive AS ${GOOGLE_ARCHIVE}`);
  await embedded.run('CREATE OR REPLACE VIEW archived_messages AS SELECT * FROM google_archive');

  const store = await bigqueryStore();
  await store.insert(paymentJournal.name, (await read(connection, 'SELECT * FROM payment_journal')).map(restRow));
  await store.insert(rawMessagesFromPubsub.name, (await read(connection, 'SELECT source AS subscription_name, message_id, published_at AS publish_time, data, attributes FROM google_archive')).map(restRow));
  return {
    duckdb: embedded.directory.books,
    bigquery: store.books(),
    store,
    async both(query) {
      const [duckdb, bigquery] = await Promise.all([read(connection, query.replaceAll('{dataset}.', '')), store.rows(query)]);
      return { duckdb: comparable(duckdb), bigquery: comparable(bigquery.map(asBigqueryWrites)) };
    },
    async run(sql) {
      await embedded.run(sql.replaceAll('{dataset}.', '').replaceAll('{archive}', 'google_archive'));
      await store.rows(sql.replaceAll('{archive}', '{dataset}.raw_messages'));
    },
    close: () => embedded.close(),
  };
}

async function read(connection: DuckDBConnection, sql: string): Promise<SqlRow[]> {
  return (await connection.runAndReadAll(sql)).getRowObjects().map(fromDuckdbRow);
}

const TIMES = new Set([...paymentJournal.columns, ...rawMessagesFromPubsub.columns].filter(({ type }) => type === 'TIMESTAMP').map(({ name }) => name));

/** A row as `tabledata.insertAll` takes it. */
function restRow(row: SqlRow): Record<string, string> {
  const entries = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [name, TIMES.has(name) ? formatMicros(value as number) : value instanceof Uint8Array ? Buffer.from(value).toString('base64') : String(value)]));
}

/**
 * The emulator's text of a NUMERIC has all nine digits of the fraction, within a sentence too; BigQuery's has no zeros at its end, as Google's
 * own evaluator shows (googlesql-evaluation.test.ts).
 */
function asBigqueryWrites(row: SqlRow): SqlRow {
  return typeof row.detail === 'string' ? { ...row, detail: row.detail.replace(/\b(\d+)\.(\d*?)0+(?!\d)/g, (_text, whole: string, part: string) => (part === '' ? whole : `${whole}.${part}`)) } : row;
}

/** Rows as text, sorted: columns by name, bytes in hexadecimal. */
export function comparable(rows: readonly SqlRow[]): string[] {
  const text = (value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value === null ? null : String(value));
  return rows.map((row) => JSON.stringify(Object.keys(row).sort().map((name) => [name, text(row[name])]))).sort();
}
