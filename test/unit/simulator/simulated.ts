import type { SimulateOptions } from '../../../functions/simulator/options.ts';
import { type Simulation, simulate } from '../../../functions/simulator/simulate.ts';

export interface SimulatedFile extends Simulation {
  readonly file: Buffer;
}

/** Runs the simulator into memory. */
export async function simulated(options: Partial<SimulateOptions> = {}): Promise<SimulatedFile> {
  const chunks: Buffer[] = [];
  const simulation = await simulate({ payments: 20_000, days: 14, seed: 1, source: 'traffic.jsonl', ...options }, (chunk) => {
    chunks.push(Buffer.from(chunk));
  });
  return { ...simulation, file: Buffer.concat(chunks) };
}
