import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readFact } from '../adapters/embedded/checkpoints.ts';
import { duckdbBooks } from '../adapters/embedded/duckdb-books.ts';
import { type SqliteClaims, sqliteClaims } from '../adapters/embedded/sqlite-claims.ts';
import { openStore, type Store } from '../adapters/embedded/store.ts';
import { randomIds, systemClock } from '../adapters/embedded/system-clock.ts';
import type { Settings } from '../config.ts';
import type { Micros } from '../payment/time.ts';
import type { Books, Clock, Ids } from '../ports.ts';

/** Everything that one data directory holds, opened: books, claims, and the settings and clock that go with them. */
export interface DataDirectory {
  readonly path: string;
  readonly store: Store;
  readonly books: Books;
  readonly claims: SqliteClaims;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly ids: Ids;
  /** A connection that only the raw archive writes through. */
  readonly archiveConnection: DuckDBConnection;
  /** `clock` or `last_stamp` of the store; null before the first message. */
  storedTime(name: 'clock' | 'last_stamp'): Promise<Micros | null>;
  close(): void;
}

/** Opens, and creates where absent, the stores of a data directory. Throws `Failure` (exit 3) where that can't be done. */
export async function openDataDirectory(path: string, settings: Settings): Promise<DataDirectory> {
  const store = await openStore(path);
  const claims = openClaims(join(path, 'claims.sqlite'), store);
  const archiveConnection = await store.connect();
  return {
    path,
    store,
    books: duckdbBooks(store.connection),
    claims,
    settings,
    clock: systemClock,
    ids: randomIds,
    archiveConnection,
    async storedTime(name) {
      const value = await readFact(store.connection, name);
      return value === null ? null : Number(value);
    },
    close() {
      claims.close();
      archiveConnection.closeSync();
      store.close();
    },
  };
}

function openClaims(file: string, store: Store): SqliteClaims {
  try {
    return sqliteClaims(file);
  } catch (error) {
    store.close();
    throw error;
  }
}
