import { setImmediate } from 'node:timers/promises';
import type { MessageBatch } from '../../adapters/embedded/file-messages.ts';
import type { Settings } from '../../config.ts';
import { type Micros, utcMidnightBefore } from '../../payment/time.ts';
import type { Message } from '../../pipeline/message.ts';
import { prepareBatch, type Prepared } from '../../pipeline/pipeline.ts';
import type { OpenSource } from './open-source.ts';

/** Messages prepared before others may have the thread. Prevents what is being written from waiting for what is being prepared. */
const PREPARED_AT_ONCE = 64;

/** Bytes of lines from which on a batch is written by itself. Prevents long lines, held twice, and a posting's joins from needing more memory than DuckDB has. */
const LARGE_BATCH_BYTES = 32 * 1024 * 1024;

/** What is done with batches. */
export interface BatchSteps {
  /** Archives at least as far as the batch reaches. */
  archive(batch: MessageBatch): Promise<void>;
  /** All that needs no store. */
  prepare(batch: MessageBatch): Promise<readonly Prepared[]>;
  /** Makes a batch durable. */
  write(batch: MessageBatch, prepared: readonly Prepared[]): Promise<void>;
  /** Posts at the midnights up to `now` at which something is due: lines stamped before them only, so others may be written meanwhile. */
  post(now: Micros): Promise<void>;
  /** Frees memory, where so many messages more call for it; `quiet` resolves when nothing else uses the ledger. */
  makeRoom(messages: number, quiet: () => Promise<unknown>): Promise<void>;
}

/**
 * Takes batch after batch to the end of the source. All at once, one is archived and prepared, the one before it is written, and what our
 * clock's last midnight left to post is posted. A batch is written only when it is archived; one of long lines, when nothing else is.
 * The midnights up to `clock` come before others: an earlier run may have been stopped before it had posted them, though lines after them
 * were written.
 */
export async function passBatches({ messages, clock }: OpenSource, most: number, steps: BatchSteps): Promise<void> {
  const [archiving, writing, posting] = [inBackground(), inBackground(), inBackground()];
  let lastClock = clock;
  let wasLarge = false;
  let readBefore = 0; // where a source goes on, its first batch is taken for a large one
  const pass = async (batch: MessageBatch) => {
    const isLarge = batch.progress.bytes_read - readBefore >= LARGE_BATCH_BYTES;
    readBefore = batch.progress.bytes_read;
    await archiving.done();
    if (isLarge || wasLarge) await writing.done();
    if (isLarge) await posting.done();
    wasLarge = isLarge;
    const archived = archiving.start(() => steps.archive(batch));
    const prepared = await steps.prepare(batch);
    await writing.done();
    if (isLarge) await archived;
    await steps.makeRoom(batch.messages.length, () => Promise.all([archived, posting.done()]));
    const first = batch.messages[0]?.received_at ?? batch.clock;
    if (lastClock !== null && first !== null && utcMidnightBefore(first) > utcMidnightBefore(lastClock)) {
      await posting.done();
      posting.start(() => steps.post(first));
      if (isLarge) await posting.done();
    }
    lastClock = batch.clock;
    writing.start(async () => {
      await archived;
      await steps.write(batch, prepared);
    });
  };
  let failure: { readonly error: unknown } | null = null;
  try {
    let batch = await messages.next(most); // before anything is posted: a source that can't be read changes nothing
    if (clock !== null) posting.start(() => steps.post(clock));
    for (; batch; batch = await messages.next(most)) await pass(batch);
  } catch (error) {
    failure = { error };
  }
  // Also where the source failed: what was read before is kept, and the stores aren't closed under a write.
  await Promise.allSettled([archiving, writing, posting].map(({ done }) => done()));
  for (const one of [writing, posting]) await one.done(); // a store's failure is told before the source's; the archive's is the writing's, too
  if (failure) throw failure.error;
}

/** The first half of a batch's way, a slice at a time. */
export async function prepareInSlices(messages: readonly Message[], settings: Settings): Promise<readonly Prepared[]> {
  const prepared: Prepared[] = [];
  for (let first = 0; first < messages.length; first += PREPARED_AT_ONCE) {
    prepared.push(...prepareBatch(messages.slice(first, first + PREPARED_AT_ONCE), settings));
    await setImmediate();
  }
  return prepared;
}

/** Something that goes on beside us, one piece after the other. Its failure is what `done` throws. */
function inBackground() {
  let last: Promise<void> = Promise.resolve();
  return {
    start(work: () => Promise<void>): Promise<void> {
      last = work();
      last.catch(() => undefined); // seen by the next `done`
      return last;
    },
    done: () => last,
  };
}
