import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { EXIT, Failure } from '../../failure.ts';
import { type SettledLeftovers, settleLeftovers } from './leftovers.ts';
import { readToPart } from './read-to-part.ts';
import { beginsWith, keptSegments, nextSegment, seal, type Segment, segmentNamed } from './segments.ts';

/** A standard input that was read to its end, and what was found of earlier ones. */
export interface KeptInput extends Segment, SettledLeftovers {
  readonly bytes: number;
}

/**
 * Standard input can't be read twice, so it first becomes a segment in the data directory, which both readers read. The segment
 * gets its name only when it is whole; until then it is a part, which the next run finds if this one is stopped. The same input again
 * is the same segment. Throws `Failure` (exit 3) where a named source was kept before with other content; the part stays.
 */
export async function keepStandardInput(directory: string, input: Readable, source?: string): Promise<KeptInput> {
  const part = await readToPart(directory, input);
  const { size: bytes } = await stat(part);
  const settled = await settleLeftovers(directory, part);
  const known = await keptSegments(directory);
  const segment = source !== undefined ? segmentNamed(directory, source) : ((await firstWithContentOf(part, known)) ?? (await nextSegment(directory)));
  if (existsSync(segment.path) && !(await beginsWith(part, segment.path))) {
    throw new Failure(
      EXIT.unusable,
      `The source ${segment.source} was read before with other content.`,
      'Message ids are made of source and line, so another input needs another name: give it one with --source. What came is kept: if it isn\'t given again, the next `ingest` takes it in under a name of its own.',
    );
  }
  await seal(part, segment, directory);
  return { ...segment, ...settled, bytes };
}

async function firstWithContentOf(file: string, segments: readonly Segment[]): Promise<Segment | undefined> {
  const { size } = await stat(file);
  for (const segment of segments) if ((await stat(segment.path)).size === size && (await beginsWith(file, segment.path))) return segment;
  return undefined;
}
