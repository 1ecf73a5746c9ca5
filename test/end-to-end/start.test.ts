import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { payments } from '../support/payments-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** What the demonstration promises to print, in this order. */
const PARTS = [
  'RECONCILED: The money ties out.', 'Does the money tie out?', 'What is in the ledger', 'What became of each of the', 'Money that duplicates would have counted twice', 'What to look at: 0 errors',
  'Read, posted and reconciled in', 'all [0-9]+ checks hold', 'payments-data/demonstration-1/report.html', 'payments-data/demonstration-1/ledger.duckdb', 'Try next', '--help',
];

test('without a file it makes days of payments, in a folder of its own each time, and checks itself', async () => {
  const cwd = temporaryDirectory();
  const first = await payments(['start', '--payments', '3000'], { cwd });
  expect(first.code, first.stderr).toBe(0);
  expect(first.stdout).toMatch(new RegExp(PARTS.join('[^]*')));
  expect(first.stdout.split('\n').length).toBeLessThanOrEqual(75);
  expect(Math.max(...first.stdout.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(110);
  expect(readFileSync(join(cwd, 'payments-data/demonstration-1/report.html'), 'utf8')).toContain('Verdict: reconciled.');

  const second = await payments(['start', '--payments', '3000', '--json'], { cwd });
  expect(second.code, second.stderr).toBe(0);
  const result = JSON.parse(second.stdout) as Record<string, unknown>;
  expect(result).toMatchObject({ data_directory: 'payments-data/demonstration-2', verdict: 'reconciled', errors: 0, checks: { failed: [] } });
  expect(existsSync(join(cwd, 'payments-data/demonstration-1/ledger.duckdb'))).toBe(true);
  expect(existsSync(join(cwd, String(result.report)))).toBe(true);
}, 60_000);

test.each([['payments that are no number', ['--payments', 'many']], ['half a seed', ['--seed', '0.5']], ['a setting out of range', ['--watermark', '1s']]])('%s: refused, and no folder is left', async (_name, options) => {
  const cwd = temporaryDirectory();
  const { code, stderr } = await payments(['start', ...options], { cwd });
  expect(code, stderr).toBe(2);
  expect(stderr).toMatch(/must be|whole number|watermark/);
  expect(existsSync(join(cwd, 'payments-data'))).toBe(false);
}, 20_000);

const payment = (id: string, amount: string) => JSON.stringify({ transaction_id: id, event_time: '2026-01-05T10:00:00Z', amount, currency: 'EUR', customer_id: 'customer-secret', merchant_id: 'shop' });

/** One message as push delivers it. */
function message(messageId: string, publishTime: string, data: string): string {
  return JSON.stringify({ message: { messageId, publishTime, attributes: {}, data: Buffer.from(data).toString('base64') } });
}

const GOOD = [message('1', '2026-01-05T10:00:01Z', payment('a', '10.50')), message('2', '2026-01-05T10:00:02Z', payment('a', '10.50')), message('3', '2026-01-05T10:00:03Z', payment('b', '5.00'))];

test('with a file of one\'s own it does the same in ./payments-data, and again without counting twice', async () => {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, 'mine.jsonl'), `${GOOD.join('\n')}\n`);
  const { code, stdout, stderr } = await payments(['start', 'mine.jsonl'], { cwd });
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('RECONCILED: The money ties out.');
  expect(stdout).toMatch(/EUR +2 +15\.50 +15\.50 +· +· +· +15\.50/);
  expect(stdout).toMatch(/EUR +1 +10\.50 +10\.50/);
  expect(stdout).toContain('The whole report, as a page:  payments-data/report.html');
  expect(stdout).not.toContain('customer-secret');
  expect(readFileSync(join(cwd, 'payments-data/report.html'), 'utf8')).toContain('Verdict: reconciled.');
  expect(existsSync(join(cwd, 'payments-data/ledger.duckdb'))).toBe(true);

  const again = await payments(['start', 'mine.jsonl'], { cwd });
  expect(again.code, again.stderr).toBe(0);
  expect(again.stdout).toContain('Nothing new to read; reconciled again');
  expect(again.stdout).toMatch(/EUR +2 +15\.50/);
}, 60_000);

test('the exit code is the verdict\'s: a message rejected more than a week ago is an error', async () => {
  const cwd = temporaryDirectory();
  const lines = [...GOOD, message('4', '2026-01-05T10:00:04Z', 'not a payment'), message('5', '2026-01-15T10:00:00Z', payment('c', '1.00'))];
  writeFileSync(join(cwd, 'mine.jsonl'), `${lines.join('\n')}\n`);
  const { code, stdout, stderr } = await payments(['start', 'mine.jsonl'], { cwd });
  expect(code, stderr).toBe(1);
  expect(stdout).toContain('BREAKS: Published money is accounted for, but 1 break needs a person.');
  expect(stdout).toMatch(/error +Rejected, not yet corrected +1 +· +· +1/);
}, 30_000);
