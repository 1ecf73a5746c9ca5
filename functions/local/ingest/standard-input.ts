import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Standard input can't be read twice, so it first becomes a segment in the data directory, which both readers read. The segment
 * gets its name only when it is whole: one that was cut off by a kill is never taken for the input.
 */
export async function keepStandardInput(directory: string, source?: string): Promise<{ path: string; source: string }> {
  const segments = join(directory, 'segments');
  await mkdir(segments, { recursive: true });
  const number = (await readdir(segments)).filter((name) => name.endsWith('.jsonl')).length + 1;
  const name = `standard-input-${String(number).padStart(6, '0')}`;
  const path = join(segments, `${name}.jsonl`);
  await pipeline(process.stdin, createWriteStream(`${path}.part`, { flush: true }));
  await rename(`${path}.part`, path);
  return { path, source: source ?? name };
}
