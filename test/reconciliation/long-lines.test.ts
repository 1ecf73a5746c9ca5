import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { payments } from '../support/payments-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { payment, pushLine } from './published.ts';

const MESSAGES = 20_000;
/** Text that nothing makes smaller. */
const noise = (of: string) => Array.from({ length: 5 }, (_, part) => createHash('sha512').update(`${of} ${part}`).digest('base64')).join('').slice(0, 400);

function line(number: number): string {
  const metadata = Object.fromEntries(['a', 'b', 'c'].map((key) => [key, noise(`${key} ${number}`)]));
  const at = number / 10;
  return pushLine({ id: `m${number}`, at, data: payment(`t${number}`, at, { metadata }) });
}

test('payments of two kilobytes are taken in and proved in the memory that short ones have', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'long.jsonl');
  writeFileSync(file, `${Array.from({ length: MESSAGES }, (_, number) => line(number)).join('\n')}\n`);
  const place = ['--data-dir', join(directory, 'data')];
  const ingested = await payments(['ingest', file, ...place]);
  expect(ingested, ingested.stderr).toMatchObject({ code: 0 });
  const reconciled = await payments(['reconcile', ...place]);
  expect(reconciled, reconciled.stderr).toMatchObject({ code: 0 });
  expect(reconciled.stdout).toMatch(/^reconciled/);
}, 120_000);
