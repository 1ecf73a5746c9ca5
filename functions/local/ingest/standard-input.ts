import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EXIT, Failure } from '../../failure.ts';

/** A kept standard input: a file in the data directory, named for its source. */
export interface Segment {
  readonly path: string;
  readonly source: string;
}

const ENDING = '.jsonl';

/**
 * Standard input can't be read twice, so it first becomes a segment in the data directory, which both readers read. The segment
 * gets its name only when it is whole: one that was cut off by a kill is never taken for the input. The same input again (after a
 * kill, say) is the same segment. Throws `Failure` (exit 3) where a named source was kept before with other content.
 */
export async function keepStandardInput(directory: string, input: NodeJS.ReadableStream, source?: string): Promise<Segment> {
  const folder = folderOf(directory);
  await mkdir(folder, { recursive: true });
  const part = join(folder, 'standard-input.part');
  await pipeline(input, createWriteStream(part, { flush: true }));
  const known = await keptSegments(directory);
  const same = source === undefined ? await firstWithContentOf(part, known) : known.find((one) => one.source === source);
  const segment = same ?? segmentFor(folder, source ?? `standard-input-${String(known.length + 1).padStart(6, '0')}`);
  if (existsSync(segment.path) && !(await beginsWith(part, segment.path))) {
    await rm(part);
    throw new Failure(EXIT.unusable, `The source ${segment.source} was read before with other content.`, 'Message ids are made of source and line, so another input needs another name: give it one with --source.');
  }
  await rename(part, segment.path);
  return segment;
}

/** The segments of a data directory, in the order of their names. */
export async function keptSegments(directory: string): Promise<Segment[]> {
  const folder = folderOf(directory);
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith(ENDING)).sort();
  return names.map((name) => ({ path: join(folder, name), source: decodeURIComponent(name.slice(0, -ENDING.length)) }));
}

function folderOf(directory: string): string {
  return join(directory, 'segments');
}

function segmentFor(folder: string, source: string): Segment {
  return { source, path: join(folder, encodeURIComponent(source) + ENDING) };
}

async function firstWithContentOf(file: string, segments: readonly Segment[]): Promise<Segment | undefined> {
  const { size } = await stat(file);
  for (const segment of segments) if ((await stat(segment.path)).size === size && (await beginsWith(file, segment.path))) return segment;
  return undefined;
}

async function beginsWith(file: string, beginning: string): Promise<boolean> {
  const { size } = await stat(beginning);
  return size === 0 || (await sha256(file, size)) === (await sha256(beginning, size));
}

async function sha256(file: string, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { end: bytes - 1 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}
