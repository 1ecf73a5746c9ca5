import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resolveOptions, type SimulateOptions } from '../../simulator/options.ts';
import { EXIT, Failure } from '../../failure.ts';
import { simulateFile } from '../simulate-file.ts';
import type { Terminal } from '../terminal.ts';

/** What the demonstration makes: days that hold a 29 February and a month's end, few enough payments for half a minute on two cores. */
export const DEMONSTRATION = { payments: 60_000, days: 5, seed: 20_240_226 };

/**
 * Rates other than the defaults. One payment of 10^15 minor units makes every total of a report unreadable. Copies from jobs run again
 * come up to 10 days later, and put a week between the days and their report: by then every open conflict has become an error.
 */
const RATES = { extreme_amounts: 0, copies_from_reruns: 0 };

const SOURCE = 'simulated.jsonl';

/** A fresh folder with simulated payments in it, and what a ledger must make of them. */
export interface Demonstration {
  readonly directory: string;
  readonly file: string;
  readonly answer_key: string;
}

/** Makes seeded days of payments with faults in them, in a fresh folder. Throws `Failure` (exit 2) for numbers out of range. */
export async function makeDemonstration(dataDir: string, options: { readonly payments: number; readonly seed: number }, terminal: Terminal): Promise<Demonstration> {
  const wanted = { ...options, days: DEMONSTRATION.days, source: SOURCE, rates: RATES };
  refuseUnusable(wanted);
  const directory = freshDirectory(dataDir);
  const demonstration = { directory, file: join(directory, SOURCE), answer_key: join(directory, 'answer-key.json') };
  const what = `Making ${DEMONSTRATION.days} days of payments with faults in them (seed ${options.seed})`;
  terminal.progress(`${what} …`);
  await simulateFile(wanted, demonstration.file, demonstration.answer_key, (written) => terminal.progress(`${what}: ${Math.round(written / 1_000_000)} MB`));
  return demonstration;
}

/** Before a folder is made for it. */
function refuseUnusable(wanted: SimulateOptions): void {
  try {
    resolveOptions(wanted);
  } catch (error) {
    throw new Failure(EXIT.usage, (error as Error).message, 'See `npm start -- --help`.');
  }
}

/** `demonstration-1`, `-2`, … in the data directory: each run starts from nothing, and none is overwritten. */
function freshDirectory(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true });
    const numbers = readdirSync(dataDir).flatMap((name) => /^demonstration-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
    const directory = join(dataDir, `demonstration-${Math.max(0, ...numbers) + 1}`);
    mkdirSync(directory);
    return directory;
  } catch (error) {
    throw new Failure(EXIT.unusable, `${dataDir} can't hold the demonstration: ${(error as Error).message}`, 'Name another place with --data-dir.');
  }
}
