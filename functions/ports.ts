/**
 * What the core needs from the world, in batches. `adapters/` holds one file for each port and vendor; each port has one
 * contract suite in `test/contract`, run on every adapter.
 */
import type { JournalLine } from './pipeline/journal-line.ts';
import type { Micros } from './payment/time.ts';

/** Our clock. The core never reads time in any other way. */
export interface Clock {
  now(): Micros;
}

/** Source of ids that nobody can guess or repeat (posting attempts, runs). */
export interface Ids {
  next(): string;
}

/** A wish to own a payment for now. */
export interface ClaimRequest {
  /** SHA-256 of the payment's identity, 32 bytes. */
  readonly identity: Buffer;
  /** The message id (on a re-published message its `redrive_of`). */
  readonly owner: string;
  /** SHA-256 of the owner message's data: with the owner it names this very message. */
  readonly owner_data_sha256: Buffer;
  readonly fingerprint: Buffer;
  readonly claimed_at: Micros;
  /** When the store may forget the claim (TTL). */
  readonly expires_at: Micros;
}

/** `claimed`: created now, or this very message's from an earlier try. `duplicate`/`conflict`: another's, equal or differing in fingerprint. */
export interface ClaimResult {
  readonly result: 'claimed' | 'duplicate' | 'conflict';
  /** The message that owns the claim. */
  readonly owner: string;
}

/** Create-if-absent, durable when it answers. Requests of one batch are decided as if they came one after the other. */
export interface Claims {
  claim(requests: readonly ClaimRequest[]): Promise<ClaimResult[]>;
}

/** The append-only journal. Durable when it answers; the store stamps `journaled_at`. */
export interface Journal {
  append(lines: readonly JournalLine[]): Promise<void>;
}

/** What one statement of `sql/jobs` needs: values, by name, always bound as parameters. */
export type SqlValue = string | number | bigint | boolean | Uint8Array | null | { readonly timestamp: Micros } | { readonly date: string } | { readonly numeric: string };
export type SqlParameters = Readonly<Record<string, SqlValue>>;
export type SqlRow = Record<string, unknown>;

/**
 * Runs the files in `sql/` on the target's engine. Rows come back with INT64 as bigint, NUMERIC as decimal string,
 * TIMESTAMP as Micros (number), DATE as `YYYY-MM-DD`, BYTES as Uint8Array.
 */
export interface Books {
  /** Runs one statement from a file under `sql/` (e.g. `jobs/post/2-payments.sql`) and returns its rows. */
  query(file: string, parameters?: SqlParameters): Promise<SqlRow[]>;
  /** Runs files in order as one transaction; false when the engine says that another transaction won. */
  transaction(files: readonly string[], parameters: SqlParameters): Promise<boolean>;
  /** Keeps what a SELECT from a file gives as a temporary table, under a name that later statements read; `add` keeps what was there. */
  materialise(name: string, file: string, add?: 'add'): Promise<void>;
  /** Drops such a table. */
  forget(name: string): Promise<void>;
}
