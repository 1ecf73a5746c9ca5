import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS_PAGE } from './command-sections.ts';
import { workInFixture } from './fixture.ts';
import { runInProcess } from './in-process.ts';
import { readDocument, ROOT } from './markdown.ts';

const PAYMENT = { transaction_id: 'p-1', event_time: '2026-01-31T23:59:59Z', amount: '10.50', currency: 'EUR', customer_id: 'c-1', merchant_id: 'm-1' };

workInFixture();

test('what docs/commands.md writes to a file with --silent is JSON and nothing else', () => {
  const [, line] = /^ {4}npm (run --silent .*--json) > /m.exec(COMMANDS_PAGE) ?? [];
  const printed = execFileSync('npm', line!.split(' '), { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  expect(JSON.parse(printed)).toBeInstanceOf(Array);
});

test('ingest answers an array of messages with the jq command of docs/commands.md', async () => {
  writeFileSync('pull.json', JSON.stringify([{ ackId: 'a', message: { messageId: '1', data: '' } }], null, 2));
  const { code, output } = await runInProcess(['ingest', 'pull.json', '--data-dir', 'pulled']);
  expect(code).toBe(3);
  const [command] = /jq -c .*messages\.jsonl/.exec(output) ?? [];
  expect(COMMANDS_PAGE).toContain(`\`${command}\``);
});

test('docs/payment-format.md: a field in other letters is unknown, and a refund so named counts as a payment', async () => {
  expect(readDocument('docs/payment-format.md')).toContain('`"Kind": "refund"` is booked as a payment');
  writeFileSync('capital.jsonl', JSON.stringify({ ...PAYMENT, Kind: 'refund' }) + '\n');
  const { output } = await runInProcess(['check', 'capital.jsonl']);
  expect(output).toMatch(/EUR\s+payment\s+1\s+10\.50/);
  expect(output).toMatch(/does not know .*Kind/);
});
