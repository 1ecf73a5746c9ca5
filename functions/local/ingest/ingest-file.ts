import { rawArchive } from '../../adapters/embedded/raw-archive.ts';
import type { Posting } from '../../ledger/post.ts';
import type { JournalLine } from '../../pipeline/journal-line.ts';
import type { Outcome } from '../../pipeline/outcome.ts';
import type { DataDirectory } from '../data-directory.ts';
import { batchWriter } from './batch-writer.ts';
import { postEndOfSource } from './end-of-source.ts';
import { openSource, type SourceOptions } from './open-source.ts';
import { passBatches, prepareInSlices } from './pass-batches.ts';
import { type PostingStores, postPassedMidnights } from './post-midnights.ts';

/** Messages in one commit. Prevents a commit's fsync from being paid for each message, and a batch from filling the memory. */
const BATCH_MESSAGES = 16_384;
/** Messages after which the stores make room. Prevents what DuckDB keeps of each row group from growing with the file. */
const MAKE_ROOM_AFTER = 1_000_000;

export interface IngestOptions extends SourceOptions {
  readonly batch_messages?: number;
  /** Messages after which the stores make room; the default fits the memory that an ingest should take. */
  readonly room_after?: number;
  readonly onProgress?: (so_far: IngestSummary) => void;
}

/** What an ingest did (this time: a source that was read before has less left to do). */
export interface IngestSummary {
  readonly source: string;
  messages: number;
  readonly outcomes: Partial<Record<Outcome, number>>;
  posted: number;
  posting_runs: number;
}

/**
 * Takes a file through the pipeline and posts it: at every UTC midnight that our clock passes, and at its end. Killed at any
 * point, the same call goes on where it was.
 */
export async function ingestFile(directory: DataDirectory, options: IngestOptions): Promise<IngestSummary> {
  const summary: IngestSummary = { source: options.source, messages: 0, outcomes: {}, posted: 0, posting_runs: 0 };
  const stores: PostingStores = { books: directory.books, ids: directory.ids, orphan_grace: directory.settings.orphan_grace };
  const opened = await openSource(directory, options);
  const archive = await rawArchive(directory.archiveConnection, options.path, options.source);
  const writeBatch = await batchWriter(directory, options.source, opened.realClock);
  await passBatches(opened, options.batch_messages ?? BATCH_MESSAGES, {
    archive: (batch) => archive.advanceTo(batch.progress),
    prepare: (batch) => prepareInSlices(batch.messages, directory.settings),
    async write(batch, prepared) {
      countLines(summary, await writeBatch(batch, prepared));
      options.onProgress?.(summary);
    },
    post: async (now) => countPostings(summary, await postPassedMidnights(stores, now)),
    makeRoom: (messages, quiet) => directory.store.makeRoomAfter(options.room_after ?? MAKE_ROOM_AFTER, messages, quiet),
  });
  await archive.finish();
  const last = await postEndOfSource(directory, stores, options.source);
  countPostings(summary, last ? [last] : []);
  return summary;
}

function countLines(summary: IngestSummary, lines: readonly JournalLine[]): void {
  summary.messages += lines.length;
  for (const { outcome } of lines) summary.outcomes[outcome] = (summary.outcomes[outcome] ?? 0) + 1;
}

function countPostings(summary: IngestSummary, postings: readonly Posting[]): void {
  summary.posting_runs += postings.length;
  for (const posting of postings) summary.posted += posting.rows_posted;
}
