import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readFact } from '../adapters/embedded/checkpoints.ts';
import { duckdbBooks } from '../adapters/embedded/duckdb-books.ts';
import { openStore, type Store } from '../adapters/embedded/store.ts';
import { randomIds, systemClock } from '../adapters/embedded/system-clock.ts';
import { type ThreadedClaims, threadedClaims } from '../adapters/embedded/threaded-claims.ts';
import type { Settings } from '../config.ts';
import type { Micros } from '../payment/time.ts';
import type { Books, Clock, Ids } from '../ports.ts';

/** The books of a data directory, with the settings and the clock that go with them: all that reading takes. */
export interface BooksToRead {
  readonly store: Store;
  readonly books: Books;
  readonly settings: Settings;
  readonly clock: Clock;
  /** `clock` or `last_stamp` of the store; null before the first message. */
  storedTime(name: 'clock' | 'last_stamp'): Promise<Micros | null>;
  close(): void;
}

/** Everything that one data directory holds, opened for writing. */
export interface DataDirectory extends BooksToRead {
  readonly path: string;
  readonly claims: ThreadedClaims;
  readonly ids: Ids;
  /** A connection that only the raw archive writes through. */
  readonly archiveConnection: DuckDBConnection;
  /** One for the journal's lines, which are written while the books post. */
  readonly journalConnection: DuckDBConnection;
}

/** Opens the books of a data directory for reading only. Throws `Failure` (exit 3) where there are none, or another process writes to them. */
export async function readDataDirectory(path: string, settings: Settings): Promise<BooksToRead> {
  return booksOf(await openStore(path, { readOnly: true }), settings);
}

/** Opens, and creates where absent, the stores of a data directory. Throws `Failure` (exit 3) where that can't be done. */
export async function openDataDirectory(path: string, settings: Settings): Promise<DataDirectory> {
  const store = await openStore(path);
  const claims = openClaims(join(path, 'claims.sqlite'), store);
  const [archiveConnection, journalConnection] = [await store.connect(), await store.connect()];
  return {
    ...booksOf(store, settings),
    path,
    claims,
    ids: randomIds,
    archiveConnection,
    journalConnection,
    close() {
      claims.close();
      archiveConnection.closeSync();
      journalConnection.closeSync();
      store.close();
    },
  };
}

function booksOf(store: Store, settings: Settings): BooksToRead {
  return {
    store,
    books: duckdbBooks(store.connection),
    settings,
    clock: systemClock,
    async storedTime(name) {
      const value = await readFact(store.connection, name);
      return value === null ? null : Number(value);
    },
    close: () => store.close(),
  };
}

function openClaims(file: string, store: Store): ThreadedClaims {
  try {
    return threadedClaims(file);
  } catch (error) {
    store.close();
    throw error;
  }
}
