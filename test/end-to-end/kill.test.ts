import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { openDataDirectory } from '../../functions/local/data-directory.ts';
import { ingestFile } from '../../functions/local/ingest/ingest-file.ts';
import { simulateFile } from '../../functions/local/simulate-file.ts';
import { dumpLedger } from '../support/ledger-dump.ts';
import { payments, startPayments } from '../support/payments-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** Kills in one run. */
const KILLS = 8;
/** Until this long after its start a process is killed, in milliseconds: past its start-up and some batches. */
const LATEST_KILL = 2_500;

async function simulated(directory: string, payments: number, seed: number): Promise<string> {
  const file = join(directory, 'payments.jsonl');
  await simulateFile({ payments, days: 6, seed, source: 'payments.jsonl' }, file, join(directory, 'key.json'));
  return file;
}

async function ingestOnce(file: string, directory: string, batch_messages?: number, room_after?: number): Promise<void> {
  const data = await openDataDirectory(directory, DEFAULT_SETTINGS);
  await ingestFile(data, { path: file, source: 'payments.jsonl', clock: null, accept_all: false, batch_messages, room_after });
  data.close();
}

test('killed with -9 at random moments and run again until done, the books are byte for byte the same', async () => {
  const directory = temporaryDirectory();
  const file = await simulated(directory, 40_000, 11);
  await ingestOnce(file, join(directory, 'undisturbed'));
  const killed = join(directory, 'killed');
  const seed = Number(process.env.TEST_SEED ?? 20_260_101);
  let random = seed;
  const between = (most: number) => (random = (random * 48_271) % 2_147_483_647) % most;
  const ends: (number | null)[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const { process: child, finished } = startPayments(['ingest', file, '--data-dir', killed]);
    await Promise.race([sleep(200 + between(LATEST_KILL)), finished]);
    child.kill('SIGKILL');
    ends.push((await finished).code);
  }
  const last = await payments(['ingest', file, '--data-dir', killed]);
  expect(last.code, last.stderr).toBe(0);
  expect(ends.filter((code) => code === null).length, `seed ${seed}: kills that hit`).toBeGreaterThan(1);
  const [expected, found] = [await dumpLedger(join(directory, 'undisturbed')), await dumpLedger(killed)];
  for (let table = 0; table < expected.length; table++) expect(found[table] === expected[table], `seed ${seed}: table ${table}`).toBe(true);
}, 180_000);

test('the books do not depend on the size of the batches, nor on where memory is freed', async () => {
  const directory = temporaryDirectory();
  const file = await simulated(directory, 4_000, 12);
  const dumps: string[][] = [];
  for (const [size, room_after] of [[61, 500], [1_000, 1], [16_384, undefined]] as const) {
    await ingestOnce(file, join(directory, String(size)), size, room_after);
    dumps.push(await dumpLedger(join(directory, String(size))));
  }
  for (const dump of dumps.slice(1)) for (let table = 0; table < dump.length; table++) expect(dump[table] === dumps[0][table], `table ${table}`).toBe(true);
}, 120_000);

test('the same file again changes nothing', async () => {
  const directory = temporaryDirectory();
  const file = await simulated(directory, 2_000, 13);
  await ingestOnce(file, join(directory, 'data'));
  const before = await dumpLedger(join(directory, 'data'));
  await ingestOnce(file, join(directory, 'data'));
  expect(await dumpLedger(join(directory, 'data'))).toEqual(before);
}, 60_000);

test('of several files, one killed in the second leaves the same books', async () => {
  const directory = temporaryDirectory();
  const file = await simulated(directory, 3_000, 14);
  const lines = readFileSync(file, 'utf8').split('\n');
  const files = [join(directory, 'a.jsonl'), join(directory, 'b.jsonl')];
  writeFileSync(files[0], `${lines.slice(0, 1_000).join('\n')}\n`);
  writeFileSync(files[1], `${lines.slice(1_000).join('\n')}\n`);
  const all = async (into: string, dieAfter = Infinity) => {
    const data = await openDataDirectory(into, DEFAULT_SETTINGS);
    let batches = 0;
    const onProgress = () => {
      batches += 1;
      if (batches >= dieAfter) throw new Error('killed');
    };
    try {
      for (const path of files) await ingestFile(data, { path, source: basename(path), clock: null, accept_all: false, batch_messages: 200, onProgress });
    } finally {
      data.close();
    }
  };
  await all(join(directory, 'undisturbed'));
  await expect(all(join(directory, 'killed'), 9)).rejects.toThrow('killed');
  await all(join(directory, 'killed'));
  expect(await dumpLedger(join(directory, 'killed'))).toEqual(await dumpLedger(join(directory, 'undisturbed')));
}, 60_000);
