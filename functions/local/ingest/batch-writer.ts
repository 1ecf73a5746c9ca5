import { writeFact, writeProgress } from '../../adapters/embedded/checkpoints.ts';
import { duckdbJournal } from '../../adapters/embedded/duckdb-journal.ts';
import type { MessageBatch } from '../../adapters/embedded/file-messages.ts';
import type { RawArchive } from '../../adapters/embedded/raw-archive.ts';
import type { Micros } from '../../payment/time.ts';
import type { JournalLine } from '../../pipeline/journal-line.ts';
import { finishBatch, type Prepared } from '../../pipeline/pipeline.ts';
import type { DataDirectory } from '../data-directory.ts';
import { endOfSource } from './end-of-source.ts';

/** Writes one batch; returns its lines when they are durable. */
export type BatchWriter = (batch: MessageBatch, prepared: readonly Prepared[]) => Promise<readonly JournalLine[]>;

/** Writes the batches of one source, in the commit order: archive, claims, lines with the checkpoint. So nothing is lost or repeated. */
export async function batchWriter(directory: DataDirectory, archive: RawArchive, source: string, realClock: Micros): Promise<BatchWriter> {
  let lastStamp = (await directory.storedTime('last_stamp')) ?? 0;
  return async (batch, prepared) => {
    await archive.advanceTo(batch.progress);
    const journal = duckdbJournal(directory.store.connection, () => lastStamp, async (connection, stamp) => {
      lastStamp = stamp;
      await writeProgress(connection, source, 'pipeline', { ...batch.progress, real_clock: realClock });
      await writeFact(connection, endOfSource(source), 'open');
      if (batch.clock === null) return; // no message in this data directory yet, so nothing that a clock goes by
      await writeFact(connection, 'clock', String(batch.clock));
      await writeFact(connection, 'last_stamp', String(stamp));
    });
    return finishBatch(prepared, { claims: directory.claims, journal }, directory.settings);
  };
}
