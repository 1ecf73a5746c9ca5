import { readProgress, type SourceProgress, writeFact, writeProgress } from '../../adapters/embedded/checkpoints.ts';
import { type FileMessages, fileMessages } from '../../adapters/embedded/file-messages.ts';
import type { Micros } from '../../payment/time.ts';
import type { DataDirectory } from '../data-directory.ts';
import { refuseIfAllRejected } from './all-rejected.ts';
import { type ClockMode, clockMode } from './clock-mode.ts';

export interface SourceOptions {
  readonly path: string;
  readonly source: string;
  /** Whose clock counts; null: as the data directory has it. */
  readonly clock: ClockMode | null;
  /** Takes the source even if all of its first messages are rejected. */
  readonly accept_all: boolean;
}

/** A source, opened where an earlier ingest left it. */
export interface OpenSource {
  readonly messages: FileMessages;
  /** The real clock, as read when the source's first ingest began. */
  readonly realClock: Micros;
  /** Our clock after the last message of any source; null before the first. */
  readonly clock: Micros | null;
}

/** Opens a source. Throws `Failure` where another clock counts (exit 2), or a new one holds nothing but rejects (exit 3). */
export async function openSource(directory: DataDirectory, { path, source, clock: wanted, accept_all }: SourceOptions): Promise<OpenSource> {
  const { connection } = directory.store;
  const mode = await clockMode(connection, wanted);
  const known = await readProgress(connection, source, 'pipeline');
  const realClock = known?.real_clock ?? directory.clock.now();
  const clock = await directory.storedTime('clock');
  const open = () => fileMessages({ path, source, progress: known, clock, realClock, wall: mode === 'wall' ? directory.clock : null });
  if (!known && !accept_all) await refuseIfAllRejected(open(), source, directory.settings);
  if (!known) await keepFirstReading(directory, source, realClock, mode);
  return { messages: open(), realClock, clock };
}

/** Keeps the reading of the real clock, whose clock counts and what identifies a payment, before anything is decided by them. */
async function keepFirstReading({ store, settings }: DataDirectory, source: string, realClock: Micros, mode: ClockMode): Promise<void> {
  const nothing: SourceProgress = { bytes_read: 0, lines_read: 0, messages_read: 0, prefix_sha256: Buffer.alloc(0), finished: false, real_clock: realClock };
  await store.connection.run('BEGIN TRANSACTION');
  await writeFact(store.connection, 'clock_mode', mode);
  await writeFact(store.connection, 'identity_scope', settings.identity_scope);
  await writeProgress(store.connection, source, 'pipeline', nothing);
  await store.connection.run('COMMIT');
}
