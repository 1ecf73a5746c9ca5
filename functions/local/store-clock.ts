import { writeFact } from '../adapters/embedded/checkpoints.ts';
import { formatMicros, parseRfc3339, type Micros } from '../payment/time.ts';
import type { BooksToRead, DataDirectory } from './data-directory.ts';
import { EXIT, Failure } from '../failure.ts';

/** Now by the store's clock: after everything that it has stamped. The real clock where nothing has come in yet. */
export async function storeNow(directory: Pick<BooksToRead, 'clock' | 'storedTime'>): Promise<Micros> {
  const clock = await directory.storedTime('clock');
  const stamp = await directory.storedTime('last_stamp');
  return clock === null && stamp === null ? directory.clock.now() : Math.max(clock ?? 0, stamp ?? 0) + 1;
}

/** Now by the store's clock, and what a person must know about the `--now` that was asked for. */
export interface MovedClock {
  readonly now: Micros;
  /** Why `--now` was not used; null where it was, or none was given. */
  readonly note: string | null;
}

/**
 * Now by the store's clock, moved on to `to` where that is given (RFC 3339). Never back, which is said, and never beyond the real clock:
 * payments that come in later would all be late. Throws `Failure` (exit 2).
 */
export async function moveClock(directory: DataDirectory, to: string | null): Promise<MovedClock> {
  const now = await storeNow(directory);
  if (to === null) return { now, note: null };
  const wanted = parseRfc3339(to)?.micros;
  if (wanted === undefined) throw new Failure(EXIT.usage, `--now ${to} is no time.`, 'Write it as 2026-01-31T12:00:00Z.');
  if (wanted > directory.clock.now()) throw new Failure(EXIT.usage, `--now ${to} lies ahead of the real clock.`, 'Name a time that has passed.');
  if (wanted < now - 1) return { now, note: `--now ${to} was not used: the store's clock is at ${formatMicros(now)} already, and never goes back.` };
  const { connection } = directory.store;
  await connection.run('BEGIN TRANSACTION'); // a fact is forgotten and then written
  await writeFact(connection, 'clock', String(wanted));
  await connection.run('COMMIT');
  return { now: wanted + 1, note: null };
}
