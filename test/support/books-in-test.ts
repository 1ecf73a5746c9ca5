import { join } from 'node:path';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { type DataDirectory, openDataDirectory } from '../../functions/local/data-directory.ts';
import { ingestFile, type IngestSummary } from '../../functions/local/ingest/ingest-file.ts';
import { simulateFile } from '../../functions/local/simulate-file.ts';

/** Simulated traffic in `directory`, and its answer key. */
export async function simulated(directory: string, payments: number, seed: number, rates: Readonly<Record<string, number>> = {}): Promise<{ file: string; key: string }> {
  const [file, key] = [join(directory, 'f.jsonl'), join(directory, 'key.json')];
  await simulateFile({ payments, days: 2, seed, rates, source: 'f.jsonl' }, file, key);
  return { file, key };
}

/** Ingests `file` into `data` once, through stores that `disturb` may have changed; what fails is thrown. */
export async function ingestThrough(data: string, file: string, disturb: (directory: DataDirectory) => DataDirectory | Promise<DataDirectory>, batch_messages = 200): Promise<IngestSummary> {
  const opened = await openDataDirectory(data, DEFAULT_SETTINGS);
  try {
    return await ingestFile(await disturb(opened), { path: file, source: 'f.jsonl', clock: null, accept_all: false, batch_messages });
  } finally {
    opened.close();
  }
}

/** Whole numbers below `most`, the same for the same seed. */
export function seeded(seed: number): (most: number) => number {
  let state = seed;
  return (most) => (state = (state * 48_271) % 2_147_483_647) % most;
}
