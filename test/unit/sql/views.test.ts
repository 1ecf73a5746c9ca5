import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { duckdbBooks } from '../../../functions/adapters/embedded/duckdb-books.ts';
import { fromDuckdbRow } from '../../../functions/adapters/embedded/duckdb-values.ts';
import { DEFAULT_SETTINGS } from '../../../functions/config.ts';
import { openDataDirectory } from '../../../functions/local/data-directory.ts';
import { ingestFile } from '../../../functions/local/ingest/ingest-file.ts';
import { reconcile } from '../../../functions/reconciliation/reconcile.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const AT = '2024-03-01T10:02:00Z';

function message(id: string, change: Record<string, unknown>, publishTime = '2024-03-01T10:02:03Z'): string {
  const payment = { transaction_id: 't1', event_time: AT, amount: '10.00', currency: 'EUR', region: 'EU', customer_id: 'c', merchant_id: 'm', ...change };
  return JSON.stringify({ message: { messageId: id, publishTime, data: Buffer.from(JSON.stringify(payment)).toString('base64') } });
}

/** One payment with a duplicate, a conflict and a redelivery; a late one, a rejected one delivered twice, a suspicious one. */
const LINES = [
  message('m1', {}),
  message('m1', {}),
  message('m2', { note: 'again' }, '2024-03-01T10:02:33Z'),
  message('m3', { amount: '11.00', merchant_id: 'other' }),
  message('m4', { transaction_id: 't2', event_time: '2024-02-01T00:00:00Z', currency: 'JPY', amount: '500' }),
  message('m5', { transaction_id: 't3', amount: 5 }),
  message('m5', { transaction_id: 't3', amount: 5 }),
  message('m6', { transaction_id: 't4', kind: 'refund', amount: '4.00', original_transaction_id: 't1' }),
];

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const directory = temporaryDirectory();
  const file = join(directory, 'views.jsonl');
  writeFileSync(file, LINES.join('\n'));
  const data = await openDataDirectory(join(directory, 'data'), DEFAULT_SETTINGS);
  await ingestFile(data, { path: file, source: 'views.jsonl', clock: null, accept_all: false });
  await reconcile(duckdbBooks(data.store.connection), { now: Date.parse('2024-03-01T11:00:00Z') * 1_000, settings: DEFAULT_SETTINGS, ids: { next: () => 'a1' }, incomplete: [] });
  const rows = (await data.store.connection.runAndReadAll(sql)).getRowObjects().map(fromDuckdbRow);
  data.close();
  return rows;
}

describe('the views', () => {
  const cases: [string, string, Record<string, unknown>[]][] = [
    ['message_dispositions: every message once', 'SELECT message_id, disposition FROM message_dispositions ORDER BY 1',
      [['m1', 'posted'], ['m2', 'duplicate'], ['m3', 'conflict'], ['m4', 'posted'], ['m5', 'rejected'], ['m6', 'posted']].map(([message_id, disposition]) => ({ message_id, disposition }))],
    ['payment_transactions_live: the ledger, nothing twice', 'SELECT transaction_id, is_posted FROM payment_transactions_live ORDER BY 1',
      ['t1', 't2', 't4'].map((transaction_id) => ({ transaction_id, is_posted: true }))],
    ['duplicate_payments: the money protected and the lag', 'SELECT message_id, posted_message_id, amount_protected, lag_seconds FROM duplicate_payments',
      [{ message_id: 'm2', posted_message_id: 'm1', amount_protected: '10.000000000', lag_seconds: 30n }]],
    ['conflicting_payments: field by field, only what differs', 'SELECT message_id, posted_amount, copy_amount, posted_currency, copy_merchant_id, customer_differs FROM conflicting_payments',
      [{ message_id: 'm3', posted_amount: '10.000000000', copy_amount: '11.000000000', posted_currency: null, copy_merchant_id: 'other', customer_differs: false }]],
    ['late_payments: how late', 'SELECT message_id, late_seconds FROM late_payments', [{ message_id: 'm4', late_seconds: BigInt((Date.parse('2024-03-01T10:02:33Z') - Date.parse('2024-02-01T00:00:00Z')) / 1_000) }]],
    ['rejected_messages: once, with the first fault', 'SELECT message_id, transaction_id, field FROM rejected_messages', [{ message_id: 'm5', transaction_id: 't3', field: 'amount' }]],
    ['payment_metrics: first copies only, by window, currency and region',
      "SELECT epoch_us(window_start) AS window_start, currency, region, messages, payments, gross, net, duplicates, conflicts, late FROM payment_metrics ORDER BY 1, 2",
      [
        { window_start: BigInt(Date.parse('2024-02-01T00:00:00Z')) * 1_000n, currency: 'JPY', region: 'EU', messages: 1n, payments: 1n, gross: '500.000000000', net: '500.000000000', duplicates: 0n, conflicts: 0n, late: 1n },
        { window_start: BigInt(Date.parse('2024-03-01T10:00:00Z')) * 1_000n, currency: 'EUR', region: 'EU', messages: 4n, payments: 2n, gross: '14.000000000', net: '6.000000000', duplicates: 1n, conflicts: 1n, late: 0n },
      ]],
    ['reconciliation_daily: the last of the day', 'SELECT day, reconciliation, messages_published, messages_posted FROM reconciliation_daily', [{ day: '2024-03-01', reconciliation: 1n, messages_published: 6n, messages_posted: 3n }]],
  ];
  test.each(cases)('%s', async (_name, sql, expected) => {
    expect(await query(sql)).toEqual(expected);
  });

  test('fraud_review holds what scores 50 or more, and says why', async () => {
    const rows = await query('SELECT transaction_id FROM fraud_review');
    const scores = await query('SELECT transaction_id FROM payment_transactions WHERE fraud_score >= 50');
    expect(rows).toEqual(scores);
  });
});
