import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listStatements } from '../../functions/adapters/embedded/sql-files.ts';
import { storeNow } from '../../functions/local/store-clock.ts';
import { runChecks } from '../../functions/reconciliation/checks.ts';
import { healthyStore } from './healthy-store.ts';
import type { TrialStore } from './trial-store.ts';

let store: TrialStore;
beforeAll(async () => {
  store = await healthyStore();
  await store.prove();
});
afterAll(() => store.close());

/** The checks that don't hold, by their number. */
async function failing(): Promise<string[]> {
  const results = await runChecks(store.directory.books, listStatements('checks'), { now: { timestamp: await storeNow(store.directory) }, transaction_id_is_identity: true });
  return results.filter((one) => one.rows_found > 0).map((one) => /\/(\d+)-/.exec(one.file)![1]);
}

const P9 = "WHERE transaction_id = 'p-9'";
const TOTALS_FOR_P9 = `INSERT INTO posting_totals SELECT posting_run, booking_date, currency, kind, 1, amount_minor, effect_minor FROM payment_transactions ${P9} LIMIT 1`;
const RUN_FOR_P9 = 'UPDATE posting_runs SET rows_posted = rows_posted + 1 WHERE run = 1';
const COPY_OF_P9 = (changed: string) => [`INSERT INTO payment_transactions SELECT * REPLACE (${changed}) FROM payment_transactions ${P9}`, TOTALS_FOR_P9, RUN_FOR_P9];

const LAST_RUN = (column: string) => `${column} = (SELECT MAX(posting_run) FROM payment_transactions)`;
/** What the check of the buckets looks for is a fault of the view itself. */
const HIDDEN_VIEW = ['ALTER VIEW message_dispositions RENAME TO hidden'];

/** A violation of each check, and all the checks that see it. */
const VIOLATIONS: [string, string[], string[]][] = [
  ['10', COPY_OF_P9("'p-9b' AS transaction_id, 'm-p-9b' AS message_id"), ['10', '20']],
  ['11', COPY_OF_P9("unhex('00') AS identity_key, 'm-p-9b' AS message_id"), ['11', '20']],
  ['12', COPY_OF_P9("unhex('00') AS identity_key, 'p-9b' AS transaction_id"), ['12', '20']],
  ['20', ["UPDATE payment_journal SET fingerprint = unhex('00') WHERE message_id = 'm-p-9'"], ['20']],
  ['30', ["UPDATE payment_journal SET journaled_at = (SELECT MIN(journaled_at) FROM payment_journal) WHERE message_id = 'm-p-9'"], ['30']],
  ['30', ["UPDATE payment_journal SET journaled_at = make_timestamptz(4102444800000000) WHERE message_id = 'm-p-9'"], ['30']],
  ['31', ["UPDATE payment_journal SET fraud_score = NULL WHERE message_id = 'm-p-9'"], ['31']],
  ['31', ["UPDATE payment_journal SET identity_key = unhex('00') WHERE message_id = 'm-no-json'"], ['31']],
  ['32', ["UPDATE payment_journal SET faults = NULL WHERE message_id = 'm-no-json'"], ['32']],
  ['32', ["UPDATE payment_journal SET faults = '[]' WHERE message_id = 'm-p-9'"], ['32']],
  ['40', [`UPDATE payment_transactions SET effect_minor = -effect_minor ${P9}`], ['40', '52']],
  ['40', ["UPDATE payment_transactions SET kind = 'gift' WHERE transaction_id = 'fee-1'", "UPDATE payment_journal SET kind = 'gift' WHERE transaction_id = 'fee-1'", "UPDATE posting_totals SET kind = 'gift' WHERE kind = 'fee'"], ['40']],
  ['41', [`UPDATE payment_transactions SET amount = amount + 0.001 ${P9}`], ['41']],
  ['42', [`UPDATE payment_transactions SET event_date = event_date + 1 ${P9}`], ['42']],
  ['50', [...['posting_runs', 'posting_totals', 'posting_head'].map((table) => `UPDATE ${table} SET run = run + 100 WHERE ${LAST_RUN('run')}`), `UPDATE payment_transactions SET posting_run = posting_run + 100 WHERE ${LAST_RUN('posting_run')}`], ['50']],
  ['51', ['UPDATE posting_head SET run = run + 1'], ['51']],
  ['51', ['INSERT INTO posting_head SELECT * FROM posting_head'], ['51']],
  ['51', ['DELETE FROM posting_head'], ['51']],
  ['52', [`DELETE FROM payment_transactions ${P9}`, 'UPDATE posting_runs SET rows_posted = rows_posted - 1 WHERE run = 1'], ['52']],
  ['53', ['UPDATE posting_runs SET rows_posted = 0 WHERE run = 1'], ['53']],
  ['54', ['UPDATE posting_runs SET booking_date = DATE \'2026-02-01\' WHERE run = 1', 'UPDATE payment_transactions SET booking_date = DATE \'2026-02-01\' WHERE posting_run = 1'], ['54']],
  ['60', [...HIDDEN_VIEW, 'CREATE VIEW message_dispositions AS FROM hidden UNION ALL FROM hidden WHERE message_id = \'m-p-9\''], ['60']],
  ['60', [...HIDDEN_VIEW, "CREATE VIEW message_dispositions AS FROM hidden WHERE message_id <> 'm-no-json'"], ['60']],
  ['60', [...HIDDEN_VIEW, "CREATE VIEW message_dispositions AS SELECT * REPLACE (NULLIF(disposition, 'conflict') AS disposition) FROM hidden"], ['60']],
  ['61', ["UPDATE reconciliation_totals SET net = net + 1 WHERE disposition = 'posted' AND currency = 'JPY'"], ['61']],
  ['61', ["UPDATE reconciliation_totals SET messages = messages + 1 WHERE disposition = 'published' AND currency = 'JPY'"], ['61']],
  ['62', ['INSERT INTO reconciliation_runs SELECT * FROM reconciliation_runs'], ['62']],
  ['63', ['UPDATE reconciliation_head SET reconciliation = 0'], ['63']],
  ['63', ['INSERT INTO reconciliation_head SELECT * FROM reconciliation_head'], ['63']],
  ['63', ['DELETE FROM reconciliation_head'], ['63']],
];

test('every check holds on the healthy store', async () => {
  expect(await failing()).toEqual([]);
});

describe('each check sees what breaks it', () => {
  test.each(VIOLATIONS)('%s', async (check, violation, seen) => {
    const found = await store.trial(violation, failing);
    expect(found).toContain(check);
    expect(found).toEqual(seen);
  });

  test('none is left out', () => {
    const numbers = listStatements('checks').map((file) => /\/(\d+)-/.exec(file)![1]);
    expect([...new Set(VIOLATIONS.map(([check]) => check))]).toEqual(numbers);
  });
});
