import { readFact, writeFact } from '../../adapters/embedded/checkpoints.ts';
import type { Posting } from '../../ledger/post.ts';
import type { DataDirectory } from '../data-directory.ts';
import { storeNow } from '../store-clock.ts';
import { type PostingStores, postWhatIsDue } from './post-midnights.ts';

/** The fact that says whether the end of a source is to be posted: `open` since its last batch, or `posted`. */
export function endOfSource(source: string): string {
  return `end_of_source.${source}`;
}

/**
 * Posts what a source left due at its end. A source that was posted to its end isn't posted again because a later one has moved the
 * clock on: runs must not depend on kills.
 */
export async function postEndOfSource(directory: DataDirectory, stores: PostingStores, source: string): Promise<Posting | null> {
  const { connection } = directory.store;
  if ((await readFact(connection, endOfSource(source))) !== 'open') return null;
  const posting = await postWhatIsDue(stores, await storeNow(directory));
  await writeFact(connection, endOfSource(source), 'posted');
  return posting;
}
