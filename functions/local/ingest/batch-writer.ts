import { writeFacts, writeProgress } from '../../adapters/embedded/checkpoints.ts';
import { duckdbJournal } from '../../adapters/embedded/duckdb-journal.ts';
import type { MessageBatch } from '../../adapters/embedded/file-messages.ts';
import type { Micros } from '../../payment/time.ts';
import type { JournalLine } from '../../pipeline/journal-line.ts';
import { finishBatch, type Prepared } from '../../pipeline/pipeline.ts';
import type { DataDirectory } from '../data-directory.ts';
import { endOfSource } from './end-of-source.ts';

/** Writes one batch that is archived; returns its lines when they are durable. */
export type BatchWriter = (batch: MessageBatch, prepared: readonly Prepared[]) => Promise<readonly JournalLine[]>;

/** Writes the batches of one source, in the commit order: claims, then lines with the checkpoint. So nothing is lost or repeated. */
export async function batchWriter(directory: DataDirectory, source: string, realClock: Micros): Promise<BatchWriter> {
  let lastStamp = (await directory.storedTime('last_stamp')) ?? 0;
  return async (batch, prepared) => {
    const journal = duckdbJournal(directory.journalConnection, () => lastStamp, async (connection, stamp) => {
      lastStamp = stamp;
      await writeProgress(connection, source, 'pipeline', { ...batch.progress, real_clock: realClock });
      // Where no message is in this data directory yet, there is nothing that a clock goes by.
      const times: readonly (readonly [string, string])[] = batch.clock === null ? [] : [['clock', String(batch.clock)], ['last_stamp', String(stamp)]];
      await writeFacts(connection, [[endOfSource(source), 'open'], ...times]);
    });
    return finishBatch(prepared, { claims: directory.claims, journal }, directory.settings);
  };
}
