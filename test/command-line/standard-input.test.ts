import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { simulateFile } from '../../functions/local/simulate-file.ts';
import { keepStandardInput } from '../../functions/local/ingest/standard-input.ts';
import { payments, startPayments } from '../support/payments-command.ts';
import { dispositions, rows, run } from '../support/run-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { at } from '../support/traffic.ts';

test('standard input becomes a segment; the same again adds nothing, another is another source', async () => {
  const directory = temporaryDirectory();
  const ingest = (input: string) => payments(['ingest', '-', '--data-dir', 'data'], { cwd: directory, input });
  const first = `${at('10:00', 'm1', 't1')}\n`;
  expect(await ingest(first)).toMatchObject({ code: 0, stdout: expect.stringContaining('standard-input-000001: 1 message journaled') });
  expect(await ingest(first)).toMatchObject({ code: 0, stdout: 'standard-input-000001: nothing new.\n' });
  expect(await ingest(`${at('10:01', 'm2', 't1')}\n`)).toMatchObject({ code: 0, stdout: expect.stringContaining('standard-input-000002: 1 message journaled') });
  expect(readdirSync(join(directory, 'data', 'segments'))).toEqual(['standard-input-000001.jsonl', 'standard-input-000002.jsonl']);
  expect(await dispositions(join(directory, 'data'))).toEqual(['m1 posted', 'm2 duplicate']);
  const refused = await ingest('no payment\n');
  expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('nothing was written') });
  expect(readdirSync(join(directory, 'data', 'segments'))).toHaveLength(2);
});

test('killed and given the same input again, every payment counts once and the proof is whole', async () => {
  const directory = temporaryDirectory();
  const [file, key] = [join(directory, 'f'), join(directory, 'key.json')];
  await simulateFile({ payments: 6_000, days: 2, seed: 9, source: 'standard-input-000001' }, file, key);
  const input = readFileSync(file);
  const ingest = ['ingest', '-', '--data-dir', 'data'];
  for (const after of [700, 1_000]) {
    const { process: child, finished } = startPayments(ingest, { cwd: directory, input });
    await Promise.race([sleep(after), finished]);
    child.kill('SIGKILL');
    await finished;
  }
  expect((await payments(ingest, { cwd: directory, input })).code).toBe(0);
  const verified = await run('verify', '--answer-key', key, '--data-dir', join(directory, 'data'));
  expect(verified.stdout.match(/^FAIL.*/gm)).toBeNull();
  expect(await rows(join(directory, 'data'), 'SELECT DISTINCT source FROM raw_messages')).toEqual([{ source: 'standard-input-000001' }]);
});

test('what a killed ingest of standard input left undone is done by the next one', async () => {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  await keepStandardInput(data, Readable.from([`${at('10:00', 'm1', 't1')}\n`])); // killed right after this
  await payments(['ingest', '-', '--data-dir', 'data'], { cwd: directory, input: `${at('10:01', 'm2', 't2')}\n` });
  expect(await dispositions(data)).toEqual(['m1 posted', 'm2 posted']);
});

describe('a named standard input', () => {
  const keep = (directory: string, text: string) => keepStandardInput(directory, Readable.from([text]), 'shop/live');

  test('may grow, and is refused with other content', async () => {
    const directory = temporaryDirectory();
    expect(await keep(directory, 'a\n')).toMatchObject({ source: 'shop/live' });
    const { path } = await keep(directory, 'a\nb\n');
    expect(readFileSync(path, 'utf8')).toBe('a\nb\n');
    await expect(keep(directory, 'c\n')).rejects.toMatchObject({ exitCode: 3, message: 'The source shop/live was read before with other content.' });
    expect(readdirSync(join(directory, 'segments'))).toEqual(['shop%2Flive.jsonl']);
  });
});
