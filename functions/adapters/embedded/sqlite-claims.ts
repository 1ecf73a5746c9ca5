import { existsSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { FINGERPRINT_VERSION } from '../../payment/fingerprint.ts';
import { decideClaim, type ExistingClaim } from '../../pipeline/decide-claim.ts';
import type { ClaimRequest, ClaimResult, Claims } from '../../ports.ts';

/** Bytes of the identity's hash that are kept: 2^-64 for a collision among billions, and half the index. */
const KEY_BYTES = 16;
/** SQLite's page cache in KiB. Prevents the index of a few million claims from being read from disk for each. */
const CACHE_KIB = 32 * 1024;

/** Pages of write-ahead log (4 KiB each) before they go to the table. Prevents the same index pages from being written again for each batch. */
const WAL_PAGES = 20_000;

export interface SqliteClaims extends Claims {
  claim(requests: Iterable<ClaimRequest>): Promise<ClaimResult[]>;
  close(): void;
}

/**
 * Claims in SQLite: create-if-absent, one commit a batch, on disk before it answers (synchronous=FULL). A table with row ids: its index
 * of 16-byte keys stays small, where WITHOUT ROWID would move whole claims about (measured: twice the CPU).
 * Claims are kept past their expiry; `pruneClaims` forgets them on request.
 */
export function sqliteClaims(file: string): SqliteClaims {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -${CACHE_KIB}; PRAGMA wal_autocheckpoint = ${WAL_PAGES}; PRAGMA busy_timeout = 5000`);
  database.exec(
    'CREATE TABLE IF NOT EXISTS claims (identity BLOB PRIMARY KEY, owner TEXT NOT NULL, owner_data BLOB NOT NULL, fingerprint BLOB NOT NULL, fingerprint_version TEXT NOT NULL, claimed_at INTEGER NOT NULL, expires_at INTEGER NOT NULL)',
  );
  // The condition of the write: only where no claim of this identity exists.
  const create = database.prepare(`INSERT INTO claims VALUES (?, ?, ?, ?, '${FINGERPRINT_VERSION}', ?, ?) ON CONFLICT (identity) DO NOTHING`);
  const read = database.prepare('SELECT owner, owner_data, fingerprint, fingerprint_version FROM claims WHERE identity = ?');
  return {
    async claim(requests) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const results = Array.from(requests, (request) => claimOne(create, read, request));
        database.exec('COMMIT');
        return results;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK'); // a full disk has rolled back by itself
        throw error;
      }
    },
    close: () => database.close(),
  };
}

function claimOne(create: StatementSync, read: StatementSync, request: ClaimRequest): ClaimResult {
  const key = request.identity.subarray(0, KEY_BYTES);
  const ownerData = request.owner_data_sha256.subarray(0, KEY_BYTES);
  const created = create.run(key, request.owner, ownerData, request.fingerprint, request.claimed_at, request.expires_at);
  if (created.changes === 1) return { result: 'claimed', owner: request.owner };
  return decideClaim(read.get(key) as unknown as ExistingClaim, { ...request, owner_data_sha256: ownerData });
}

/** Forgets the claims that expired before `before` (microseconds). Safe at any time: the ledger doesn't need them. Returns how many. */
export function pruneClaims(file: string, before: number): number {
  const database = new DatabaseSync(file);
  try {
    return Number(database.prepare('DELETE FROM claims WHERE expires_at < ?').run(before).changes);
  } finally {
    database.close();
  }
}

/** A claim as it is stored; times in microseconds. */
export interface StoredClaim {
  readonly owner: string;
  readonly fingerprint: Uint8Array;
  readonly claimed_at: number;
  readonly expires_at: number;
}

/** The claim on an identity (by its key), or null. Reads only. */
export function readClaim(file: string, identityKey: Uint8Array): StoredClaim | null {
  if (!existsSync(file)) return null; // the ledger doesn't need claims, so they may be gone
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const found = database.prepare('SELECT owner, fingerprint, claimed_at, expires_at FROM claims WHERE identity = ?').get(identityKey);
    return (found as StoredClaim | undefined) ?? null;
  } finally {
    database.close();
  }
}
