import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paymentJournal } from '../../sql/tables/payment-journal.ts';
import { paymentTransactions } from '../../sql/tables/payment-transactions.ts';
import type { Column, TableDescription } from '../../sql/tables/description.ts';
import { storeNow } from '../../functions/local/store-clock.ts';
import { runStatement } from '../../functions/adapters/embedded/duckdb-books.ts';
import { readStatement } from '../../functions/adapters/embedded/sql-files.ts';
import type { SqlParameters } from '../../functions/ports.ts';
import { keepEveryDisposition } from '../../functions/reconciliation/every-disposition.ts';
import { reconcile } from '../../functions/reconciliation/reconcile.ts';
import { payment } from './published.ts';
import { healthyStore, storeOf } from './healthy-store.ts';
import type { TrialStore } from './trial-store.ts';

/*
 * What matched is not looked at any further. So whatever is done to the books, a reconciliation must find what it finds where nothing
 * matches, and each message is looked at by the long way.
 */

let store: TrialStore;
beforeAll(async () => {
  store = await healthyStore();
  await find(null, true); // what the last reconciliation found is looked at again: no false break of the matching may hide the next one
});
afterAll(() => store.close());

interface Found {
  readonly matched: number;
  readonly all: { readonly result: unknown; readonly totals: unknown; readonly breaks: unknown };
}

async function find(days: number | null, matchNothing: boolean): Promise<Found> {
  const { books, settings, ids } = store.directory;
  let matched = 0;
  const watched: typeof books = {
    ...books,
    async materialise(name, file, parameters, add) {
      if (name === 'reconcile_compared' && matchNothing) await compareWithoutMatch(file, parameters!);
      else await books.materialise(name, file, parameters, add);
      if (name === 'reconcile_matched') matched = Number((await store.rows('SELECT SUM(messages) AS matched FROM reconcile_matched'))[0].matched ?? 0);
    },
  };
  const { reconciliation, ...result } = await reconcile(watched, { now: await storeNow(store.directory), settings, ids, incomplete: [], days });
  const kept = (table: string) => store.rows(`SELECT * EXCLUDE (reconciliation) FROM ${table} WHERE reconciliation = ${reconciliation} ORDER BY ALL`);
  return { matched, all: { result, totals: await kept('reconciliation_totals'), breaks: await kept('reconciliation_breaks') } };
}

async function compareWithoutMatch(file: string, parameters: SqlParameters): Promise<void> {
  const { sql, parameters: needed } = readStatement(file);
  expect(sql).toContain('FALSE) AS is_matched');
  const text = `CREATE OR REPLACE TEMP TABLE reconcile_compared AS\n${sql.replace('FALSE) AS is_matched', 'FALSE) AND FALSE AS is_matched')}`;
  await runStatement(store.directory.store.connection, { sql: text, parameters: needed }, parameters, file);
}

/** Finds the same with matching and without; returns how many messages matched. */
async function same(tamper: string | readonly string[], days: number | null = null): Promise<number> {
  const [matching, not] = await store.trial(tamper, async () => [await find(days, false), await find(days, true)]);
  expect(not.matched).toBe(0);
  expect(matching.all).toEqual(not.all);
  return matching.matched;
}

/** Step by step and in parts, what became of every message is what the view says at once. */
async function sameDispositions(tamper: string | readonly string[]): Promise<void> {
  const dispositions = (name: string) => store.rows(`SELECT message_id, data_sha256, disposition, is_published FROM ${name} ORDER BY ALL`);
  const [kept, view] = await store.trial(tamper, async () => {
    await keepEveryDisposition(store.directory.books, 'kept', 5);
    return [await dispositions('kept'), await dispositions('message_dispositions')];
  });
  expect(kept.length).toBeGreaterThan(10);
  expect(kept).toEqual(view);
}

const OTHER: Readonly<Record<Column['type'], (name: string) => string>> = {
  STRING: (name) => `COALESCE(${name}, '') || 'x'`,
  BYTES: (name) => `unhex(system.main.sha256(hex(COALESCE(${name}, ''::BLOB))))`,
  INT64: (name) => `COALESCE(${name}, 0) + 1`,
  'NUMERIC(38,9)': (name) => `COALESCE(${name}, 0) + 0.000000001`,
  TIMESTAMP: (name) => `COALESCE(${name}, TIMESTAMPTZ '2026-01-01') + INTERVAL 1 SECOND`,
  DATE: (name) => `${name} + 1`,
  BOOL: (name) => `NOT ${name}`,
};

const THIRD = 'WHERE rowid % 3 = 0';
const alterations = (table: TableDescription) => table.columns.flatMap(({ name, type, required }): [string, string][] => [
  [`another ${name}`, `UPDATE ${table.name} SET ${name} = ${OTHER[type](name)} ${THIRD}`],
  ...(required ? [] : [[`no ${name}`, `UPDATE ${table.name} SET ${name} = NULL ${THIRD}`] as [string, string]]),
]);

test('of healthy books most messages match', async () => {
  const matched = await same([]);
  const [{ posted }] = await store.rows('SELECT COUNT(*) AS posted FROM payment_transactions');
  expect(matched).toBeGreaterThan(Number(posted) / 2);
});

describe('the same is found with every third', () => {
  test.each(alterations(paymentTransactions))('ledger row with %s', async (_name, tamper) => void (await same(tamper)));
  test.each(alterations(paymentJournal))('journal line with %s', async (_name, tamper) => void (await same(tamper)));

  test.each(['payment_transactions', 'payment_journal', 'raw_messages'])('row of %s lost, or there twice', async (table) => {
    for (const days of [null, 0, 1]) {
      await same(`DELETE FROM ${table} ${THIRD}`, days);
      await same(`INSERT INTO ${table} SELECT * FROM ${table} ${THIRD}`, days);
    }
  });
});

/** Alterations of several rows that agree with each other, so that nothing but their number or their ids tells. */
const ALIKE: [string, readonly string[]][] = [
  ['two payments under one key', ['payment_journal', 'payment_transactions'].map((table) => `UPDATE ${table} SET identity_key = (SELECT ANY_VALUE(other.identity_key) FROM payment_journal AS other WHERE other.message_id = 'm-p-9') WHERE message_id = 'm-p-10'`)],
  ['a line whose effect has no positive', ["UPDATE payment_journal SET effect_minor = -9223372036854775808 WHERE message_id = 'm-p-9'", "DELETE FROM payment_transactions WHERE message_id = 'm-p-9'"]],
  ['a copy that was recorded, too', ["UPDATE payment_journal SET outcome = 'recorded' WHERE message_id = 'm-p-1-again'"]],
  ['a message posted twice, as two payments', ["INSERT INTO payment_transactions SELECT * REPLACE ('other' AS transaction_id, identity_key[1:15] || '\\x00'::BLOB AS identity_key) FROM payment_transactions WHERE message_id = 'm-p-9'"]],
  ['a payment that was posted by grace', ['payment_journal', 'payment_transactions'].map((table) => `UPDATE ${table} SET outcome = 'duplicate' WHERE message_id = 'm-p-9'`)],
  ['a ledger row that says so of another', ["UPDATE payment_transactions SET outcome = 'duplicate' WHERE message_id = 'm-p-9'"]],
  ['a clock ahead of ours', ['payment_journal', 'payment_transactions'].map((table) => `UPDATE ${table} SET flags = 'clock_skew' WHERE message_id = 'm-p-9'`)],
  ['card data', ['payment_journal', 'payment_transactions'].map((table) => `UPDATE ${table} SET flags = 'card_data_seen,unknown_fields' WHERE message_id = 'm-p-9'`)],
  ['line and ledger row of another message id', ['payment_journal', 'payment_transactions'].map((table) => `UPDATE ${table} SET message_id = 'm-p-1' WHERE message_id = 'm-p-9'`)],
  ['a payment recorded and posted twice, from two messages', [
    ...['payment_journal', 'payment_transactions'].map((table) => `INSERT INTO ${table} SELECT * REPLACE ('m-other' AS message_id) FROM ${table} WHERE message_id = 'm-p-9'`),
    "INSERT INTO raw_messages SELECT * REPLACE (CAST(replace(decode(line), 'm-p-9', 'm-other') AS BLOB) AS line) FROM raw_messages WHERE contains(decode(line), '\"m-p-9\"')",
  ]],
  ['a phantom line and row under the id of a message that matched', ['payment_journal', 'payment_transactions'].map((table) => `INSERT INTO ${table} SELECT * REPLACE (unhex(system.main.sha256('x')) AS data_sha256) FROM ${table} WHERE message_id = 'm-p-9'`)],
  ['two payments of one transaction_id under two keys', ["UPDATE payment_transactions SET transaction_id = 'p-9' WHERE transaction_id = 'p-10'", "UPDATE payment_journal SET transaction_id = 'p-9' WHERE transaction_id = 'p-10'"]],
];

test.each(ALIKE)('the same is found with %s', async (_name, tamper) => {
  for (const days of [null, 1]) await same(tamper, days);
});

test.each([['nothing altered', []] as [string, string[]], ...ALIKE, ...['payment_transactions', 'payment_journal', 'raw_messages', 'audit_log'].map((table): [string, string[]] => [`a third of ${table} lost`, [`DELETE FROM ${table} ${THIRD}`]]),
  ['no line at all', ['DELETE FROM payment_journal']], ['nothing archived', ['DELETE FROM raw_messages']]])('the view says what a verification keeps, with %s', async (_name, tamper) => sameDispositions(tamper));

test('what is settled since the last reconciliation is not carried on', async () => {
  const settled = await store.trial("UPDATE payment_transactions SET amount = amount + 1 WHERE transaction_id = 'p-9'", async () => {
    const before = await find(1, false);
    await store.run("UPDATE payment_transactions SET amount = amount - 1 WHERE transaction_id = 'p-9'");
    return [before, await find(1, false)];
  });
  const mismatches = settled.map(({ all }) => (all.breaks as { break_type: string }[]).filter(({ break_type }) => break_type === 'money_mismatch').length);
  expect(mismatches).toEqual([1, 0]);
});

test('the same is found of two messages under one id that say nothing of when they were published', async () => {
  const healthy = store;
  store = await storeOf(['t-1', 't-2'].map((id) => JSON.stringify({ message: { messageId: 'same', data: Buffer.from(JSON.stringify(payment(id, 0))).toString('base64') } })));
  try {
    const { all } = await find(null, true);
    expect(all.breaks).toMatchObject([{ break_type: 'message_id_reused', since: expect.any(Date) as Date }]);
    await same([]);
  } finally {
    store.close();
    store = healthy;
  }
});
