import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openStore } from '../../functions/adapters/embedded/store.ts';
import { payments } from '../support/payments-command.ts';
import { run } from '../support/run-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { at, writeLines } from '../support/traffic.ts';

const home = process.cwd();
afterEach(() => process.chdir(home));

/** Every file of a directory with the SHA-256 of its bytes. */
function filesOf(directory: string): string[] {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => `${name} ${createHash('sha256').update(readFileSync(join(parentPath, name))).digest('hex')}`).sort();
}

/** A store without its claims, and a configuration that differs from what it was last used with. */
async function storeToRead(): Promise<string> {
  const directory = temporaryDirectory();
  process.chdir(directory);
  await run('ingest', writeLines('.', 'f', [at('10:00', 'm1', 't1')]), '--data-dir', 'data');
  rmSync('data/claims.sqlite');
  writeFileSync('payments.config.json', '{"watermark":"3h"}');
  return 'data';
}

test.each(['verify', 'report', 'trace t1', 'config', 'sql VALUES(1)'])('%s changes no byte of the store and makes no file', async (command) => {
  const data = await storeToRead();
  const before = filesOf(data);
  expect(before).toHaveLength(1);
  expect((await run(...command.split(' '), '--data-dir', data)).code).toBe(0);
  expect(filesOf(data)).toEqual(before);
});

test('verify runs beside another that reads', async () => {
  const data = await storeToRead();
  const other = await openStore(data, { readOnly: true });
  try {
    expect(await payments(['verify', '--data-dir', data])).toMatchObject({ code: 0, stderr: '' });
  } finally {
    other.close();
  }
});
