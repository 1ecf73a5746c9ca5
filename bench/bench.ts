/**
 * The same file through the whole pipeline and through the bare floor, in turn: per wall second, per CPU second, as a ratio, with
 * peak memory and time by stage. `npm run bench -- [SIZES…]` (default 10000 100000 1000000). Loopback only, stops by itself.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateFile } from '../functions/local/simulate-file.ts';
import type { Measured } from './measure.ts';

const DEFAULT_SIZES = [10_000, 100_000, 1_000_000];

for (const size of sizesAsked(process.argv.slice(2))) {
  const directory = mkdtempSync(join(tmpdir(), 'payments-bench-'));
  try {
    const file = join(directory, 'bench.jsonl');
    await simulateFile({ payments: size, days: 6, seed: 1, source: 'bench.jsonl' }, file, join(directory, 'key.json'));
    const floor = run('run-floor.ts', [file, join(directory, 'floor.csv')]);
    const whole = run('run-pipeline.ts', [file, join(directory, 'data')]);
    print(size, floor, whole);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function sizesAsked(args: readonly string[]): readonly number[] {
  const sizes = args.map(Number);
  if (sizes.every((size) => Number.isSafeInteger(size) && size > 0)) return sizes.length > 0 ? sizes : DEFAULT_SIZES;
  console.error(`Usage: npm run bench -- [PAYMENTS…]\nNumbers of payments, such as 10000 100000; without any, ${DEFAULT_SIZES.join(', ')}. Prints speed, CPU and memory; takes some minutes.`);
  process.exit(args.includes('--help') ? 0 : 2);
}

function run(script: string, args: readonly string[]): Measured {
  const output = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16', join(import.meta.dirname, script), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(output.trim().split('\n').at(-1)!) as Measured;
}

function print(size: number, floor: Measured, whole: Measured): void {
  console.log(`\n${size.toLocaleString('en')} payments, ${whole.messages.toLocaleString('en')} messages; verdict ${whole.verdict}`);
  console.log('                 messages/s   per CPU second   CPU µs/message   peak MiB');
  for (const [name, one] of [['bare floor', floor], ['whole pipeline', whole]] as const) {
    const cells = [one.messages / one.wall, one.messages / one.cpu, (one.cpu * 1e6) / one.messages, one.peak_mib].map((value) => Math.round(value).toLocaleString('en'));
    console.log(`${name.padEnd(16)}${cells[0].padStart(11)}${cells[1].padStart(17)}${cells[2].padStart(17)}${cells[3].padStart(11)}`);
  }
  console.log(`ratio to the floor: ${(whole.messages / whole.wall / (floor.messages / floor.wall)).toFixed(2)} per wall second, ${(whole.messages / whole.cpu / (floor.messages / floor.cpu)).toFixed(2)} per CPU second; cores busy: ${(whole.cpu / whole.wall).toFixed(2)}`);
  const perMessage = (seconds: number) => ((seconds * 1e6) / whole.messages).toFixed(1);
  const stages = Object.entries(whole.stages ?? {}).map(([name, { wall, cpu, main_thread }]) => `${name} ${perMessage(cpu)} (main thread ${perMessage(main_thread)}; cores busy ${(cpu / wall).toFixed(2)})`);
  console.log(`CPU µs a message by stage: ${stages.join('; ')}`);
}
