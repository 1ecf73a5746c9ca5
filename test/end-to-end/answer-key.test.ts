import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { AnswerKey } from '../../functions/simulator/answer-key.ts';
import { rows, run } from '../support/run-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const PAYMENTS = 8_000;
const SEEDS = [101, 202, 303];
/** Far more than in life, so that the faults meet each other. */
const RATES = ['republished=0.05', 'redelivered=0.03', 'conflicts=0.01', 'late=0.03', 'dead_letters=0.005', 'rejects=0.01', 'message_id_reused=0.002', 'copies_from_reruns=0.1'].flatMap((rate) => ['--rate', rate]);

/** What `verify` finds wrong, with the seed in front. */
async function wrong(seed: number, data: string, key: string): Promise<string> {
  const { code, stdout } = await run('verify', '--answer-key', key, '--data-dir', data);
  return `seed ${seed}, exit ${code}: ${(stdout.match(/^FAIL.*/gm) ?? []).join('; ')}`;
}

async function simulated(directory: string, seed: number): Promise<{ file: string; key: string }> {
  const [file, key] = [join(directory, 'f.jsonl'), join(directory, 'key.json')];
  const { code, stderr } = await run('simulate', '--payments', String(PAYMENTS), '--days', '4', '--seed', String(seed), ...RATES, '--out', file, '--answer-key', key);
  expect(code, stderr).toBe(0);
  return { file, key };
}

test.each(SEEDS)('seed %i: simulated, ingested, reconciled: every disposition and every sum is as the key says', async (seed) => {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const { file, key } = await simulated(directory, seed);
  expect((await run('ingest', file, '--data-dir', data)).code).toBe(0);
  expect(await wrong(seed, data, key)).toBe(`seed ${seed}, exit 0: `);
  const reconciled = JSON.parse((await run('reconcile', '--data-dir', data, '--json')).stdout) as { verdict: string; messages: Record<string, number>; breaks: { break_type: string; severity: string }[] };
  const { messages, dispositions, planted } = JSON.parse(readFileSync(key, 'utf8')) as AnswerKey;
  expect(reconciled.messages, `seed ${seed}`).toMatchObject({ published: messages, ...dispositions });
  expect(reconciled.breaks.filter((one) => one.severity === 'error'), `seed ${seed}`).toEqual([]);
  for (const kind of ['posted', 'duplicate', 'conflict', 'rejected'] as const) expect(dispositions[kind], `seed ${seed}: ${kind}`).toBeGreaterThan(0);
  expect(Object.entries(planted).filter(([, one]) => one.ids.length === 0), `seed ${seed}: kinds of fault that aren't there`).toEqual([]);
  expect(Object.keys(planted).length).toBeGreaterThan(100);
  expect((await run('report', '--data-dir', data)).code).toBe(0);
});

test('gzipped, and under the name that the key gives', async () => {
  const directory = temporaryDirectory();
  const { file, key } = await simulated(directory, SEEDS[0]);
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
  await run('ingest', `${file}.gz`, '--source', 'f.jsonl', '--data-dir', join(directory, 'data'));
  expect(await wrong(SEEDS[0], join(directory, 'data'), key)).toBe(`seed ${SEEDS[0]}, exit 0: `);
});

test('cut into two files at a line: ids of lines differ, money and dispositions don\'t', async () => {
  const seed = SEEDS[1];
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const { file, key } = await simulated(directory, seed);
  const whole = readFileSync(file);
  const cut = whole.indexOf('\n', whole.length / 2) + 1;
  const halves = [join(directory, 'one'), join(directory, 'two')];
  writeFileSync(halves[0], whole.subarray(0, cut));
  writeFileSync(halves[1], whole.subarray(cut));
  expect((await run('ingest', ...halves, '--data-dir', data)).code).toBe(0);
  const { stdout } = await run('verify', '--answer-key', key, '--data-dir', data);
  // Messages without an id are SOURCE:LINE, so their ids are others now; the key's other facts hold.
  expect((stdout.match(/^FAIL.*/gm) ?? []).filter((line) => !line.startsWith('FAIL message ids ')), `seed ${seed}`).toEqual([]);
  expect(await rows(data, 'SELECT COUNT(*) - COUNT(DISTINCT transaction_id) AS twice FROM payment_transactions')).toEqual([{ twice: 0 }]);
});
