import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { simulateFile } from '../../functions/local/simulate-file.ts';
import { keepStandardInput } from '../../functions/local/ingest/standard-input.ts';
import { payments, RUN, startPayments } from '../support/payments-command.ts';
import { dispositions, rows, run } from '../support/run-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { at, writeLines } from '../support/traffic.ts';

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

/** An ingest whose standard input stays open: what is fed to it arrives, and no end. */
function startReading(directory: string, ...more: string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', RUN, 'ingest', '-', '--data-dir', 'data', ...more], { cwd: directory });
  let stderr = '';
  child.stderr.on('data', (piece: Buffer) => void (stderr += piece.toString()));
  child.stdin.on('error', () => undefined);
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => child.once('close', (code) => resolve({ code, stderr })));
  return {
    ended,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Returns when it is in a file. */
    async feed(text: string): Promise<void> {
      child.stdin.write(text);
      const segments = join(directory, 'data', 'segments');
      const arrived = () => existsSync(segments) && readdirSync(segments).some((name) => name.endsWith('.part') && readFileSync(join(segments, name), 'utf8').endsWith(text));
      for (const deadline = performance.now() + 30_000; !arrived(); await sleep(20)) if (performance.now() > deadline) throw new Error(`not kept in 30 s: ${stderr}`);
    },
  };
}

/** An ingest that is killed -9 after it has read this much of its input. */
async function killedAfter(directory: string, text: string, signal: NodeJS.Signals = 'SIGKILL') {
  const reading = startReading(directory);
  await reading.feed(text);
  reading.kill(signal);
  return reading.ended;
}

const LINES = Array.from({ length: 300 }, (_, index) => `${at('10:00', `m${index}`, `t${index}`)}\n`);
const ingestInput = (directory: string, input: string, ...more: string[]) => payments(['ingest', '-', '--data-dir', 'data', ...more], { cwd: directory, input });
const segmentsOf = (directory: string) => readdirSync(join(directory, 'data', 'segments')).sort();

describe('killed while it is read', () => {
  const whole = LINES.slice(0, 200).join('');
  const cut = LINES[200].slice(0, 50);

  test('and another input given: nothing of what had come is lost', async () => {
    const directory = temporaryDirectory();
    await killedAfter(directory, whole + cut);
    const { code, stdout, stderr } = await ingestInput(directory, LINES[250]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^standard-input-000001: 201 messages journaled \(200 recorded, 1 rejected\).*\nstandard-input-000002: 1 message journaled/) });
    expect(stderr).toContain('What came of a standard input before its run was stopped is ingested as standard-input-000001; its last line may be cut.');
    expect(segmentsOf(directory)).toEqual(['standard-input-000001.jsonl', 'standard-input-000002.jsonl']);
    expect(readFileSync(join(directory, 'data', 'segments', 'standard-input-000001.jsonl'), 'utf8')).toBe(whole + cut);
    expect(await dispositions(join(directory, 'data'))).toHaveLength(202);
  });

  test('and the same input given again: it counts once, by itself', async () => {
    const directory = temporaryDirectory();
    await killedAfter(directory, whole + cut);
    await killedAfter(directory, LINES.slice(0, 9).join(''));
    const { code, stdout, stderr } = await ingestInput(directory, LINES.join(''));
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^standard-input-000001: 300 messages journaled \(300 recorded\).*\n$/) });
    expect(stderr).toContain('2 standard inputs of stopped runs: given again since, so not taken in twice.');
    expect(segmentsOf(directory)).toEqual(['standard-input-000001.jsonl']);
  });

  test('and a file ingested, or nothing given: what had come is taken in', async () => {
    const directory = temporaryDirectory();
    await killedAfter(directory, LINES[0]);
    await run('ingest', writeLines(directory, 'f', [at('10:01', 'm-f', 't-f')]), '--data-dir', join(directory, 'data'));
    expect(await dispositions(join(directory, 'data'))).toEqual(['m-f posted', 'm0 posted']);
    await killedAfter(directory, LINES[1]);
    expect(await ingestInput(directory, '')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^standard-input-000002: 1 message journaled.*\n$/) });
    expect(segmentsOf(directory)).toEqual(['standard-input-000001.jsonl', 'standard-input-000002.jsonl']);
  });

  test('the proof is incomplete until then', async () => {
    const directory = temporaryDirectory();
    const data = join(directory, 'data');
    await ingestInput(directory, LINES[0]);
    await killedAfter(directory, LINES[1]);
    expect(await run('reconcile', '--data-dir', data)).toMatchObject({ code: 1, stdout: expect.stringContaining('what came of 1 standard input that was stopped is not ingested (run ingest again)') });
    await ingestInput(directory, LINES[2]);
    expect((await run('reconcile', '--data-dir', data)).code).toBe(0);
  });

  test('nothing but rejects: they are taken in all the same, and stand in the way of nothing', async () => {
    const directory = temporaryDirectory();
    await killedAfter(directory, '{"transaction_');
    expect((await ingestInput(directory, LINES[0])).code).toBe(0);
    expect(await dispositions(join(directory, 'data'))).toEqual(['m0 posted', 'standard-input-000001:1 rejected']);
  });

  test('nothing at all: nothing is left', async () => {
    const directory = temporaryDirectory();
    await killedAfter(directory, '\n');
    expect((await ingestInput(directory, LINES[0])).code).toBe(0);
    expect(segmentsOf(directory)).toEqual(['standard-input-000001.jsonl']);
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s while it is read keeps what came, says what to do, and ends with 3', async (signal) => {
  const directory = temporaryDirectory();
  const text = LINES.slice(0, 50).join('');
  const { code, stderr } = await killedAfter(directory, text, signal);
  expect(stderr).toMatch(new RegExp(`^Stopped while standard input was read: the ${text.length.toLocaleString('en')} bytes that came are kept in data/segments/reading-000001.part, and nothing is ingested yet\\.\n→ Give the same input again`));
  expect(code).toBe(3);
  expect(readFileSync(join(directory, 'data', 'segments', 'reading-000001.part'), 'utf8')).toBe(text);
  await ingestInput(directory, LINES[60]);
  expect(await dispositions(join(directory, 'data'))).toHaveLength(51);
});

test('an input that the data directory can\'t take is not read', async () => {
  const directory = temporaryDirectory();
  await ingestInput(directory, LINES[0]);
  expect(await ingestInput(directory, LINES[1], '--clock', 'wall')).toMatchObject({ code: 2, stderr: expect.stringContaining('goes by the message clock') });
  expect(segmentsOf(directory)).toEqual(['standard-input-000001.jsonl']);
});

describe('a named standard input', () => {
  const keep = (directory: string, text: string) => keepStandardInput(directory, Readable.from([text]), 'shop/live');

  test('may grow, and is refused with other content', async () => {
    const directory = temporaryDirectory();
    expect(await keep(directory, 'a\n')).toMatchObject({ source: 'shop/live' });
    const { path } = await keep(directory, 'a\nb\n');
    expect(readFileSync(path, 'utf8')).toBe('a\nb\n');
    await expect(keep(directory, 'c\n')).rejects.toMatchObject({ exitCode: 3, message: 'The source shop/live was read before with other content.' });
    // What came can't be read again, so it is kept for the next ingest.
    expect(readdirSync(join(directory, 'segments'))).toEqual(['reading-000001.part', 'shop%2Flive.jsonl']);
  });

  test('refused, it is taken in by the next ingest under a name of its own, or by the same under another name', async () => {
    const directory = temporaryDirectory();
    await ingestInput(directory, LINES[0], '--source', 'shop');
    for (const line of [LINES[1], LINES[2]]) expect(await ingestInput(directory, line, '--source', 'shop')).toMatchObject({ code: 3, stderr: expect.stringContaining('was read before with other content') });
    expect((await ingestInput(directory, LINES[2], '--source', 'shop-2')).code).toBe(0);
    expect(segmentsOf(directory)).toEqual(['shop-2.jsonl', 'shop.jsonl', 'standard-input-000001.jsonl']);
    expect(await dispositions(join(directory, 'data'))).toEqual(['m0 posted', 'm1 posted', 'm2 posted']);
  });
});
