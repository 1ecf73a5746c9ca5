import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import columnsRead from '../../../cost/columns-read.json' with { type: 'json' };
import { dataflow, instanceSeconds, monthlyCost } from '../../../cost/monthly.ts';
import { columnBytes, rowBytes } from '../../../cost/row-bytes.ts';
import { parseCount } from '../../../cost/run.ts';
import { scheduledSqlCost } from '../../../cost/scheduled-sql.ts';
import { SCHEDULED } from '../../../cost/scheduled-statements.ts';
import { DEFAULT_TRAFFIC, type Traffic } from '../../../cost/traffic.ts';
import { INTERVALS, intervalsFor } from '../../../functions/ledger/intervals.ts';
import { paymentTransactions } from '../../../sql/tables/payment-transactions.ts';

const of = (change: Partial<Traffic> = {}) => monthlyCost({ ...DEFAULT_TRAFFIC, ...change });
const line = (what: string, change: Partial<Traffic> = {}) => of(change).lines.find((one) => one.what.startsWith(what))!.usd;
const MILLION = { messages_per_month: 1e6, copies_share: 0, unclaimed_share: 0 };

describe('a million payments, worked out by hand', () => {
  test.each([
    ['publish and push: two times 1,000 bytes at $40 a TiB', 'publish and push', MILLION, (2 * 1_000 * 1e6 * 40) / 2 ** 40],
    ['a message of 4,000 bytes costs four times that', 'publish and push', { ...MILLION, message_bytes: 4_000 }, (2 * 4_000 * 1e6 * 40) / 2 ** 40],
    ['requests: $0.40 a million', 'requests', MILLION, 0.4],
    ['claims: $0.09 for 100,000', 'claims made', MILLION, 0.9],
    ['claims in the enterprise edition', 'claims made', { ...MILLION, firestore: 'enterprise' as const }, 0.26],
    ['late ones make no claim', 'claims made', { ...MILLION, unclaimed_share: 0.5 }, 0.45],
    ['a row is billed as 1,024 bytes at least', 'journal', MILLION, (1_024 * 1e6 * 0.01) / (200 * 2 ** 20)],
    ['0.1 s at concurrency 1', 'CPU and memory', { ...MILLION, seconds: 0.1, concurrency: 1 }, 0.1 * 1e6 * (0.000024 + 0.5 * 0.0000025)],
  ])('%s', (_name, what, change, expected) => expect(line(what, change)).toBeCloseTo(expected, 6));
});

test('an instance is never billed less than the CPU that it uses', () => {
  expect(instanceSeconds({ ...DEFAULT_TRAFFIC, seconds: 0.05, concurrency: 80, cpu_seconds: 0.006 })).toBeCloseTo(0.01);
});

test('the whole is the sum of its lines, and the aims hold after a year at ten million a day', () => {
  const cost = of();
  expect(cost.usd).toBeCloseTo(cost.lines.reduce((sum, { usd }) => sum + usd, 0), 6);
  expect(cost.scheduled_usd_per_million).toBeLessThanOrEqual(0.25);
  expect(of({ firestore: 'enterprise' }).usd_per_million).toBeLessThanOrEqual(1.75);
});

test('scheduled SQL grows with the ledger, and the intervals with it', () => {
  const day = (ledger_rows: number) => scheduledSqlCost({ ledger_rows, messages_per_day: Math.min(1e7, ledger_rows / 10), reconcile_days: 1 });
  for (const rows of [1e6, 1e8, 1e9, 1e10]) expect(day(rows).usd_per_day).toBeLessThan(4);
  const check = day(3.65e9).runs[0].statements.find(({ file }) => file === 'jobs/post/2-payments.sql')!.tables.find(({ table }) => table === 'payment_transactions')!;
  expect(check.columns).toEqual(['identity_key']);
  expect(check.bytes).toBe(18 * 3.65e9);
});

test('every scheduled statement is priced, and each is a file', () => {
  expect(Object.keys(columnsRead).sort()).toEqual([...new Set(SCHEDULED.map(({ file }) => file))].sort());
  for (const { file } of SCHEDULED) expect(existsSync(join(import.meta.dirname, '../../../sql', file)), file).toBe(true);
});

test.each([
  ['identity_key', 'BYTES', 18],
  ['booking_date', 'DATE', 8],
  ['amount', 'NUMERIC(38,9)', 16],
  ['claim_owner', 'STRING', 0],
  ['line_currency', 'STRING', 5],
])('%s %s takes %i bytes', (name, type, bytes) => expect(columnBytes(name, type)).toBe(bytes));

test('a ledger row takes about what was measured: 317 bytes', () => expect(Math.abs(rowBytes(paymentTransactions) - 317)).toBeLessThan(20));

test('the table of intervals in docs/cost.md is the one in the code', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/cost.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (below [^|]+|above) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map((row) => row.slice(2, 5).map((cell) => cell.trim()));
  const duration = (minutes: number) => (minutes >= 60 ? `${minutes / 60} h` : `${minutes} min`);
  expect(rows).toEqual(INTERVALS.map((one) => [one.below_rows > 1e9 ? '–' : duration(one.post_minutes), duration(one.sweep_minutes), duration(one.reconcile_minutes)]));
  expect(intervalsFor(5e8)).toBe(INTERVALS[2]);
});

test.each([['300M', 300e6], ['1.5k', 1500], ['2B', 2e9], ['250000', 250_000]])('%s is %d', (text, count) => expect(parseCount(text)).toBe(count));
test.each([['0'], ['-1'], ['many'], ['1e6'], ['']])('%s is no count', (text) => expect(() => parseCount(text)).toThrow('300M'));

test('Dataflow: a worker that runs all month, and more of them for more messages', () => {
  expect(dataflow(1e6)).toBeGreaterThan(100);
  expect(dataflow(13e9)).toBeGreaterThan(10 * dataflow(1e6));
});
