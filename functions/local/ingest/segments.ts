import { createReadStream, existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { open, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A kept standard input: a file in the data directory, named for its source. */
export interface Segment {
  readonly path: string;
  readonly source: string;
}

const ENDING = '.jsonl';
const PART_ENDING = '.part';
const NUMBERED = /^standard-input-(\d+)$/;

/** Where a data directory keeps standard inputs. */
export function folderOf(directory: string): string {
  return join(directory, 'segments');
}

/** The segments of a data directory, in the order of their names. */
export async function keptSegments(directory: string): Promise<Segment[]> {
  const names = await namesIn(directory, ENDING);
  return names.map((name) => segmentNamed(directory, decodeURIComponent(name.slice(0, -ENDING.length))));
}

/** What is there of standard inputs that were not read to their end, in the order in which they came. */
export async function partsIn(directory: string): Promise<string[]> {
  const names = await namesIn(directory, PART_ENDING);
  return names.map((name) => join(folderOf(directory), name));
}

/** A file for a further standard input, behind those that are there. */
export async function nextPart(directory: string): Promise<string> {
  const numbers = (await namesIn(directory, PART_ENDING)).map((name) => Number(/(\d+)\.part$/.exec(name)?.[1] ?? 0));
  return join(folderOf(directory), `reading-${padded(Math.max(0, ...numbers) + 1)}${PART_ENDING}`);
}

/** The segment of a source with that name. */
export function segmentNamed(directory: string, source: string): Segment {
  return { source, path: join(folderOf(directory), encodeURIComponent(source) + ENDING) };
}

/** A segment that is not there yet, for an input without a name. */
export async function nextSegment(directory: string): Promise<Segment> {
  const numbers = (await keptSegments(directory)).map(({ source }) => Number(NUMBERED.exec(source)?.[1] ?? 0));
  return segmentNamed(directory, `standard-input-${padded(Math.max(0, ...numbers) + 1)}`);
}

/** A part becomes a segment, durably; where the segment is there already, what it holds is replaced. */
export async function seal(part: string, segment: Segment, directory: string): Promise<void> {
  await rename(part, segment.path);
  await makeDurable(folderOf(directory));
}

/** True where `file` begins with all bytes of `beginning`. */
export async function beginsWith(file: string, beginning: string): Promise<boolean> {
  const { size } = await stat(beginning);
  if (size > (await stat(file)).size) return false;
  return size === 0 || (await sha256(file, size)) === (await sha256(beginning, size));
}

/** The names in a folder, too, are durable only when it is synced. */
async function makeDurable(folder: string): Promise<void> {
  const opened = await open(folder);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

async function namesIn(directory: string, ending: string): Promise<string[]> {
  const folder = folderOf(directory);
  return existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith(ending)).sort() : [];
}

function padded(number: number): string {
  return String(number).padStart(6, '0');
}

async function sha256(file: string, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { end: bytes - 1 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}
