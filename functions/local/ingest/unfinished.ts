import { readProgress } from '../../adapters/embedded/checkpoints.ts';
import { counted } from '../../figures.ts';
import type { DataDirectory } from '../data-directory.ts';
import { keptSegments, partsIn, type Segment } from './segments.ts';

/** Segments of standard inputs that are kept and not ingested to their end, in the order of their names. */
export async function unfinishedSegments({ path, store }: DataDirectory): Promise<Segment[]> {
  const unfinished: Segment[] = [];
  for (const segment of await keptSegments(path)) if (!(await readProgress(store.connection, segment.source, 'pipeline'))?.finished) unfinished.push(segment);
  return unfinished;
}

/** Why a reconciliation would be incomplete, a sentence each: what came from standard input, and no ingest has taken in yet. */
export async function uningestedInputs(directory: DataDirectory): Promise<string[]> {
  const parts = await partsIn(directory.path);
  const begun = await Promise.all((await unfinishedSegments(directory)).map(async (segment) => ({ ...segment, progress: await readProgress(directory.store.connection, segment.source, 'pipeline') })));
  return [
    ...(parts.length > 0 ? [`what came of ${counted(parts.length, 'standard input')} that was stopped is not ingested (run ingest again)`] : []),
    ...begun.filter(({ progress }) => progress === null).map(({ source }) => `${source} is kept and not ingested (run ingest again)`), // one that is begun is named by its checkpoint
  ];
}
