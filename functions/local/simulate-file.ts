import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import type { SimulateOptions } from '../simulator/options.ts';
import { EXIT, Failure } from '../failure.ts';

/** Writes seeded traffic to `out` and its answer key to `answerKey`, telling `onBytes` how much is written. Throws `Failure` (exit 2) for a wrong option, (exit 3) for a place that can't be written. */
export async function simulateFile(options: SimulateOptions, out: string, answerKey: string, onBytes?: (written: number) => void): Promise<Simulation> {
  await prepare(out);
  await prepare(answerKey);
  const file = createWriteStream(out);
  const failed = new Promise<never>((_resolve, reject) => file.once('error', (error) => reject(new Failure(EXIT.unusable, `${out} can't be written: ${error.message}`, 'Name another place with --out.'))));
  failed.catch(() => undefined); // seen by whoever waits below
  let written = 0;
  const write = (chunk: string | Uint8Array): Promise<void> | void => {
    const room = file.write(chunk);
    written += chunk.length;
    onBytes?.(written);
    if (!room) return Promise.race([new Promise<void>((resolve) => file.once('drain', resolve)), failed]);
  };
  const simulation = await simulate(options, write).catch((error: unknown) => {
    throw error instanceof Failure ? error : new Failure(EXIT.usage, (error as Error).message, 'See `payments simulate --help`.');
  });
  await Promise.race([new Promise<void>((resolve) => file.end(resolve)), failed]);
  await writeFile(answerKey, `${JSON.stringify(simulation.key, null, 1)}\n`);
  return simulation;
}

async function prepare(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true }).catch((error: Error) => {
    throw new Failure(EXIT.unusable, `${file} can't be written: ${error.message}`, 'Name another place.');
  });
}
