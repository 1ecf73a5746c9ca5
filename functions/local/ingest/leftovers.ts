import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { beginsWith, keptSegments, nextSegment, partsIn, seal, type Segment } from './segments.ts';

/** What became of what runs that were stopped had read of their standard inputs. */
export interface SettledLeftovers {
  /** Segments now, and to be ingested like any other. */
  readonly sealed: readonly Segment[];
  /** Beginnings of this input or of a kept one: the same was given again, so nothing is lost. */
  readonly repeated: number;
}

/**
 * Settles the parts that stopped runs left behind. `input` is the part that was just read to its end, if any: it is no leftover. The
 * caller holds the store, so that no other run is reading one of them.
 */
export async function settleLeftovers(directory: string, input: string | null): Promise<SettledLeftovers> {
  const sealed: Segment[] = [];
  let repeated = 0;
  const leftovers = (await partsIn(directory)).filter((part) => part !== input);
  for (const [place, part] of leftovers.entries()) {
    const whole = [...(input === null ? [] : [input]), ...(await keptSegments(directory)).map(({ path }) => path), ...leftovers.slice(place + 1)];
    if (await isBlank(part)) await rm(part);
    else if (await beginsAny(whole, part)) {
      repeated += 1;
      await rm(part);
    } else {
      const segment = await nextSegment(directory);
      await seal(part, segment, directory);
      sealed.push(segment);
    }
  }
  return { sealed, repeated };
}

async function beginsAny(files: readonly string[], beginning: string): Promise<boolean> {
  for (const file of files) if (await beginsWith(file, beginning)) return true;
  return false;
}

/** No message in it: nothing but white space and byte order marks. */
async function isBlank(file: string): Promise<boolean> {
  for await (const piece of createReadStream(file)) if (/[^ \t\r\n\xef\xbb\xbf]/.test((piece as Buffer).toString('latin1'))) return false;
  return true;
}
