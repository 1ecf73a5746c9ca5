import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openStore, type Store } from '../../../functions/adapters/embedded/store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const KEEP = "INSERT INTO store_info VALUES ('kept', 'yes')";
const kept = async (connection: Store['connection']) => (await connection.runAndReadAll("SELECT COUNT(*) FROM store_info WHERE name = 'kept'")).getRows()[0][0];

async function trialStore(directory: string): Promise<Store> {
  const store = await openStore(directory);
  onTestFinished(() => store.close());
  return store;
}

test('what was written is there after room was made, and every connection goes on', async () => {
  const directory = temporaryDirectory();
  const store = await trialStore(directory);
  const other = await store.connect();
  await store.connection.run(KEEP);
  await store.makeRoom();
  await other.run(KEEP);
  await store.makeRoom();
  await store.connection.run(KEEP);
  expect([await kept(store.connection), await kept(other)]).toEqual([3n, 3n]);
});

test('what DuckDB holds of the ledger is given back', async () => {
  const store = await trialStore(temporaryDirectory());
  await store.connection.run("INSERT INTO raw_messages SELECT 'a', i, encode(system.main.sha256(CAST(i AS VARCHAR)) || system.main.sha256(CAST(-i AS VARCHAR))), 1, NULL FROM range(200000) AS t(i)");
  await store.connection.run('SELECT MAX(line) FROM raw_messages');
  const held = async () => Number((await store.connection.runAndReadAll('SELECT SUM(memory_usage_bytes) FROM duckdb_memory()')).getRows()[0][0]);
  const before = await held();
  await store.makeRoom();
  expect(await held()).toBeLessThan(before / 4);
});

/** Opens the ledger for reading whenever it can, looks at it for a quarter of a second, says so, and waits as long. */
const LOOKER = (file: string) => `
  import { DuckDBInstance } from '@duckdb/node-api';
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (;;) {
    try {
      await connection.run("ATTACH '${file}' AS looked (READ_ONLY)");
      console.log('looked');
      await new Promise((resolve) => setTimeout(resolve, 250));
      await connection.run('DETACH looked');
      await new Promise((resolve) => setTimeout(resolve, 250));
    } catch (error) {
      if (!/lock/i.test(error.message)) throw error;
    }
  }`;

/** Opens the ledger to write whenever it can. */
const WRITER = (directory: string) => `
  import { openStore } from '${new URL('../../../functions/adapters/embedded/store.ts', import.meta.url)}';
  for (;;) {
    const store = await openStore('${directory}').catch((failure) => /is held by/.test(failure.message) ? null : Promise.reject(failure));
    if (store === null) continue;
    console.log('looked');
    store.close();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }`;

async function besides(script: string): Promise<{ process: ChildProcess; looks: () => number }> {
  let looks = 0;
  const process_ = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void process_.kill('SIGKILL'));
  process_.stdout.on('data', (text: Buffer) => (looks += String(text).split('looked').length - 1));
  await once(process_, 'spawn');
  return { process: process_, looks: () => looks };
}

test('another process that looks at the ledger in that moment is waited for', async () => {
  const directory = temporaryDirectory();
  const store = await trialStore(directory);
  const { process: child, looks } = await besides(LOOKER(join(directory, 'ledger.duckdb')));
  for (let tries = 0; looks() < 3 && tries < 2_000; tries++) {
    await store.makeRoom();
    await store.connection.run(KEEP);
    await sleep(1);
    expect(child.exitCode).toBeNull();
  }
  expect(looks(), 'looks that got in between').toBeGreaterThanOrEqual(3);
}, 120_000);

test('where another process opened the ledger to write in that moment, this one stops: it would go on from what no longer holds', async () => {
  const directory = temporaryDirectory();
  const store = await trialStore(directory);
  await besides(WRITER(directory));
  const goOn = async () => {
    for (let tries = 0; tries < 2_000; tries++) {
      await store.makeRoom();
      await sleep(1);
    }
  };
  await expect(goOn()).rejects.toThrow(/Another process wrote to .*ledger\.duckdb/);
}, 120_000);
