import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { runInProcess } from './in-process.ts';

const PAYMENT = { transaction_id: 'shop-7/2026-000123', event_time: '2026-01-31T23:59:59.123+01:00', amount: '10.50', currency: 'EUR', customer_id: 'cus_81', merchant_id: 'mer_3' };
const LATER = { ...PAYMENT, transaction_id: 'shop-7/2026-000131', event_time: '2026-02-12T09:00:00+01:00' };

const STATEMENT = ['Date,Description,Amount,Reference,Balance', '01/02/2024,Sale,10.50,R1,10.50', '02/02/2024,Sale,7.25,R2,17.75'];

/** A directory of files to run commands on, made now; the tests of this file run in it, and it goes away with them. */
export function workInFixture(): string {
  const directory = mkdtempSync(join(tmpdir(), 'payments-docs-'));
  const before = process.cwd();
  fillFixture(directory);
  beforeAll(() => process.chdir(directory));
  afterAll(() => {
    process.chdir(before);
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

/** Payments, a bank statement, and files with one thing wrong. */
function fillFixture(directory: string): void {
  const write = (name: string, lines: readonly string[]) => writeFileSync(join(directory, name), lines.map((line) => `${line}\n`).join(''));
  write('shop.jsonl', [JSON.stringify(PAYMENT)]);
  // A broken line, and twelve days later a good one: the reject has grown old by then.
  write('old-reject.jsonl', ['{"broken', JSON.stringify(PAYMENT), JSON.stringify(LATER)]);
  write('empty.jsonl', []);
  write('statement.csv', STATEMENT);
  write('statement-with-a-bad-row.csv', [...STATEMENT, 'someday,Sale,7.25,R3,25.00']);
  write('not-a-directory', ['a file']);
}

/** Traffic with every common fault, as the documents' examples name it. */
export async function simulateInto(directory: string, payments: number): Promise<void> {
  const simulated = await runInProcess(['simulate', '--payments', String(payments), '--days', '3', '--seed', '7', '--out', join(directory, 'payments.jsonl'), '--answer-key', join(directory, 'key.json')]);
  if (simulated.code !== 0) throw new Error(simulated.output);
}
