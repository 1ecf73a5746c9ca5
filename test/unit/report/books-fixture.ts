import { DuckDBInstance } from '@duckdb/node-api';
import { TABLES } from '../../../sql/tables/index.ts';
import { duckdbBooks } from '../../../functions/adapters/embedded/duckdb-books.ts';
import { duckdbTable } from '../../../functions/adapters/embedded/duckdb-schema.ts';
import { toDuckdbValue } from '../../../functions/adapters/embedded/duckdb-values.ts';
import { MACROS } from '../../../functions/adapters/embedded/sql-dialect.ts';
import { parseAmount, formatMinor } from '../../../functions/payment/money.ts';
import { currencyByCode } from '../../../functions/payment/currencies.ts';
import { type Kind, SIGN_OF_KIND } from '../../../functions/payment/kind.ts';
import { parseRfc3339, type Micros } from '../../../functions/payment/time.ts';
import type { Books, SqlValue } from '../../../functions/ports.ts';

/** Empty tables in memory, without the views: a report needs none. */
export interface TestBooks extends Books {
  insert(table: string, row: Readonly<Record<string, SqlValue>>): Promise<void>;
  run(sql: string): Promise<void>;
  close(): void;
}

export async function openTestBooks(): Promise<TestBooks> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', default_null_order: 'nulls_first_on_asc_last_on_desc' });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  for (const table of TABLES) await connection.run(duckdbTable(table)[0]!); // the rest are comments on columns
  for (const macro of MACROS) await connection.run(`CREATE OR REPLACE MACRO ${macro}`);
  return {
    ...duckdbBooks(connection),
    async insert(table, row) {
      const given = Object.values(row).map(toDuckdbValue);
      const places = given.map((_value, index) => `$${index + 1}`).join(', ');
      await connection.run(`INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${places})`, given.map(({ value }) => value), given.map(({ type }) => type));
    },
    async run(sql) {
      await connection.run(sql);
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export function at(time: string): Micros {
  return parseRfc3339(time)!.micros;
}

const time = (text: string | undefined): SqlValue => (text === undefined ? null : { timestamp: at(text) });
/** Sixteen or so bytes that stand for a hash. */
export const bytesOf = (name: string): Uint8Array => Buffer.from(name.padEnd(16, '.'));

export interface TestPosting {
  readonly id: string;
  readonly run: number;
  readonly booking_date: string;
  readonly amount: string;
  readonly currency: string;
  readonly kind?: Kind;
  readonly message_id?: string;
  readonly outcome?: string;
  readonly event_time?: string;
  readonly journaled_at?: string;
}

/** A ledger row whose minor units follow from the amount. */
export async function insertPosting(books: TestBooks, posting: TestPosting): Promise<void> {
  const { id, run, booking_date, amount, currency, kind = 'payment', message_id = `m-${id}`, outcome = 'recorded' } = posting;
  const event_time = posting.event_time ?? `${booking_date}T10:00:00Z`;
  const exponent = currencyByCode(currency)!.exponent;
  const minor = parseAmount(amount, exponent) as bigint;
  await books.insert('payment_transactions', {
    transaction_id: id, identity_key: bytesOf(id), message_id, data_sha256: bytesOf(message_id), fingerprint: bytesOf(`fp ${id}`),
    kind, amount: { numeric: formatMinor(minor, exponent) }, amount_minor: minor, effect_minor: minor * SIGN_OF_KIND[kind], currency,
    event_time: time(event_time), event_date: { date: event_time.slice(0, 10) }, booking_date: { date: booking_date },
    posted_at: time(`${booking_date}T23:00:00Z`), posting_run: run, journaled_at: time(posting.journaled_at ?? event_time),
    outcome, customer_id: 'customer-secret', merchant_id: 'shop', fraud_score: 0,
  });
}

export async function insertRun(books: TestBooks, run: number, booking_date: string, rows_posted: number): Promise<void> {
  const cut = time(`${booking_date}T23:00:00Z`);
  await books.insert('posting_runs', { run, attempt: `attempt ${run}`, kind: 'post', from_time: null, cut, booking_date: { date: booking_date }, posted_at: cut, rows_posted });
}

export interface TestBreak {
  readonly break_id: string;
  readonly break_type: string;
  readonly severity: 'error' | 'warning';
  readonly transaction_id?: string;
  readonly message_id?: string;
  readonly currency?: string;
  readonly amount?: string;
  readonly since?: string;
  readonly detail?: string;
  readonly next_step?: string;
}

export async function insertBreak(books: TestBooks, reconciliation: number, found: TestBreak): Promise<void> {
  await books.insert('reconciliation_breaks', {
    reconciliation, break_id: found.break_id, break_type: found.break_type, severity: found.severity,
    transaction_id: found.transaction_id ?? null, message_id: found.message_id ?? null, currency: found.currency ?? null,
    amount: found.amount === undefined ? null : { numeric: found.amount }, since: time(found.since),
    detail: found.detail ?? `Detail of ${found.break_id}.`, next_step: found.next_step ?? `Next step for ${found.break_type}.`,
  });
}

/** Messages, gross and net by disposition; `published` is their sum unless given. */
export type TestTotals = Readonly<Record<string, readonly [messages: number, gross: string, net: string]>>;

export async function insertTotals(books: TestBooks, reconciliation: number, currency: string, kind: string, totals: TestTotals): Promise<void> {
  for (const [disposition, [messages, gross, net]] of Object.entries(totals)) {
    await books.insert('reconciliation_totals', { reconciliation, currency, kind, disposition, messages, gross: { numeric: gross }, net: { numeric: net } });
  }
}

export interface TestReconciliation {
  readonly reconciliation: number;
  readonly reconciled_at: string;
  readonly published_from?: string;
  readonly posting_run: number;
  readonly verdict: string;
  readonly reason?: string;
  readonly errors?: number;
  readonly warnings?: number;
  readonly messages?: Readonly<Record<string, number>>;
}

export async function insertReconciliation(books: TestBooks, run: TestReconciliation): Promise<void> {
  const messages = (disposition: string): number => run.messages?.[disposition] ?? 0;
  await books.insert('reconciliation_runs', {
    reconciliation: run.reconciliation, reconciled_at: time(run.reconciled_at), published_from: time(run.published_from), posting_run: run.posting_run, verdict: run.verdict,
    reason: run.reason ?? 'Every message is accounted for.', errors: run.errors ?? 0, warnings: run.warnings ?? 0,
    messages_published: messages('published'), messages_posted: messages('posted'), messages_duplicate: messages('duplicate'),
    messages_conflict: messages('conflict'), messages_pending: messages('pending'), messages_rejected: messages('rejected'), messages_missing: messages('missing'),
  });
}

export interface TestLine {
  readonly message_id: string;
  readonly journaled_at: string;
  readonly outcome: string;
  readonly transaction_id?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly merchant_id?: string;
  readonly customer_id?: string;
  readonly claim_owner?: string;
  readonly faults?: unknown;
}

/** A journal line; with a transaction_id it is a valid payment's, whose fingerprint differs from the posted one. */
export async function insertLine(books: TestBooks, line: TestLine): Promise<void> {
  const valid = line.transaction_id !== undefined && line.outcome !== 'rejected';
  await books.insert('payment_journal', {
    message_id: line.message_id, data_sha256: bytesOf(line.message_id), journaled_at: time(line.journaled_at), outcome: line.outcome,
    source: 'payments.jsonl', line_number: 7, claim_owner: line.claim_owner ?? null, faults: line.faults === undefined ? null : JSON.stringify(line.faults),
    transaction_id: line.transaction_id ?? null, identity_key: valid ? bytesOf(line.transaction_id!) : null,
    fingerprint: valid ? bytesOf(`other ${line.message_id}`) : null, kind: valid ? 'payment' : null,
    amount: valid ? { numeric: line.amount ?? '1.00' } : null, currency: valid ? (line.currency ?? 'EUR') : null,
    customer_id: valid ? (line.customer_id ?? 'customer-secret') : null, merchant_id: valid ? (line.merchant_id ?? 'shop') : null,
    payload: '{"customer_id":"customer-secret"}',
  });
}
