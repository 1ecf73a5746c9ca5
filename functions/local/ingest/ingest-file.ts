import { readFact, readProgress, type SourceProgress, writeFact, writeProgress } from '../../adapters/embedded/checkpoints.ts';
import { duckdbJournal } from '../../adapters/embedded/duckdb-journal.ts';
import { fileMessages, type MessageBatch } from '../../adapters/embedded/file-messages.ts';
import { rawArchive } from '../../adapters/embedded/raw-archive.ts';
import { midnightOf } from '../../ledger/booking-day.ts';
import type { Micros } from '../../payment/time.ts';
import { finishBatch, prepareBatch } from '../../pipeline/pipeline.ts';
import type { JournalLine } from '../../pipeline/journal-line.ts';
import type { Outcome } from '../../pipeline/outcome.ts';
import type { DataDirectory } from '../data-directory.ts';
import { refuseIfAllRejected } from './all-rejected.ts';
import { type ClockMode, clockMode } from './clock-mode.ts';
import { type PostingStores, postPassedMidnights, postWhatIsDue } from './post-midnights.ts';

/** Messages in one commit. Prevents a commit's fsync from being paid for each message, and a batch from filling the memory. */
export const BATCH_MESSAGES = 16_384;

export interface IngestOptions {
  readonly path: string;
  readonly source: string;
  readonly clock: 'message' | 'wall' | null;
  readonly accept_all: boolean;
  readonly batch_messages?: number;
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
 * point, the same call goes on where it was. Commit order: archive, claims, lines with the checkpoint; so nothing is lost or repeated.
 */
export async function ingestFile(directory: DataDirectory, options: IngestOptions): Promise<IngestSummary> {
  const { store, settings } = directory;
  const mode = await clockMode(store.connection, options.clock);
  const known = await readProgress(store.connection, options.source, 'pipeline');
  const realClock = known?.real_clock ?? directory.clock.now();
  const clock = await directory.storedTime('clock');
  const open = () => fileMessages({ path: options.path, source: options.source, progress: known, clock, realClock, wall: mode === 'wall' ? directory.clock : null });
  if (!known && !options.accept_all) await refuseIfAllRejected(open(), options.source, settings);

  const stores: PostingStores = { books: directory.books, ids: directory.ids, orphan_grace: settings.orphan_grace };
  const archive = await rawArchive(await directory.archiveConnection(), options.path, options.source);
  const summary: IngestSummary = { source: options.source, messages: 0, outcomes: {}, posted: 0, posting_runs: 0 };
  const messages = open();
  let lastStamp = (await directory.storedTime('last_stamp')) ?? 0;
  let lastClock = clock;
  // A source that was posted to its end isn't posted again because a later one has moved the clock on: runs must not depend on kills.
  const closing = `end_of_source.${options.source}`;
  let writing: Promise<void> = Promise.resolve();

  if (!known) await keepFirstReading(directory, options.source, realClock, mode);
  const next = () => messages.next(options.batch_messages ?? BATCH_MESSAGES);
  try {
    for (let batch = await next(); batch; batch = await next()) {
      const prepared = prepareBatch(batch.messages, settings); // while the batch before is being written
      await writing;
      const first = batch.messages[0]?.received_at ?? batch.clock;
      if (lastClock !== null && midnightOf(first) > midnightOf(lastClock)) count(summary, await postPassedMidnights(stores, first));
      lastClock = batch.clock;
      writing = write(batch, prepared);
      writing.catch(() => undefined); // seen by the next await
    }
  } finally {
    await writing; // also where the source failed: what was read before is kept, and the stores aren't closed under a write
  }
  await archive.finish();
  if ((await readFact(store.connection, closing)) === 'open') {
    const last = await postWhatIsDue(stores, Math.max(lastClock ?? 0, lastStamp) + 1);
    count(summary, last ? [last] : []);
    await writeFact(store.connection, closing, 'posted');
  }
  return summary;

  async function write(batch: MessageBatch, prepared: ReturnType<typeof prepareBatch>): Promise<void> {
    await archive.advanceTo(batch.progress.finished ? Infinity : batch.progress.lines_read);
    const journal = duckdbJournal(store.connection, () => lastStamp, async (connection, stamp) => {
      lastStamp = stamp;
      await writeProgress(connection, options.source, 'pipeline', { ...batch.progress, real_clock: realClock });
      await writeFact(connection, closing, 'open');
      await writeFact(connection, 'clock', String(batch.clock));
      await writeFact(connection, 'last_stamp', String(stamp));
    });
    const lines = await finishBatch(prepared, { claims: directory.claims, journal }, settings);
    countLines(summary, lines);
    options.onProgress?.(summary);
  }
}

/** Keeps the reading of the real clock, and whose clock counts, before anything is decided by them. */
async function keepFirstReading({ store }: DataDirectory, source: string, realClock: Micros, mode: ClockMode): Promise<void> {
  const nothing: SourceProgress = { bytes_read: 0, lines_read: 0, messages_read: 0, prefix_sha256: Buffer.alloc(0), finished: false, real_clock: realClock };
  await store.connection.run('BEGIN TRANSACTION');
  await writeFact(store.connection, 'clock_mode', mode);
  await writeProgress(store.connection, source, 'pipeline', nothing);
  await store.connection.run('COMMIT');
}

function countLines(summary: IngestSummary, lines: readonly JournalLine[]): void {
  summary.messages += lines.length;
  for (const { outcome } of lines) summary.outcomes[outcome] = (summary.outcomes[outcome] ?? 0) + 1;
}

function count(summary: IngestSummary, postings: readonly { readonly rows_posted: number }[]): void {
  summary.posting_runs += postings.length;
  for (const posting of postings) summary.posted += posting.rows_posted;
}
