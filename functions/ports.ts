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
  /** Keeps what a SELECT from a file gives as a temporary table of this run, under a name that later statements read; `add` keeps what was there. */
  materialise(name: string, file: string, parameters?: SqlParameters, add?: 'add'): Promise<void>;
  /** Drops such a table. */
  forget(name: string): Promise<void>;
}

/** Finished reports, kept where finance finds them, each under a name of its own for good: the name again with the same content is the same report, with other content it is refused. */
export interface Reports {
  /** Returns where it can be read: a path, or an address in a bucket. */
  publish(name: string, content: string, contentType: string): Promise<string>;
}

export type LogSeverity = 'DEBUG' | 'INFO' | 'NOTICE' | 'WARNING' | 'ERROR' | 'CRITICAL';

/** What operators read. Never a payload, an amount with an id, or personal data; fields of few values, so that they can be counted. */
export interface Log {
  write(severity: LogSeverity, message: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void;
}

/** A message of the raw archive, as published. */
export interface ArchivedMessage {
  readonly message_id: string;
  readonly data: Uint8Array;
  readonly attributes: Readonly<Record<string, string>>;
  /** When it was published first; null where nobody said. */
  readonly published_at: Micros | null;
  /** On a dead letter: when its original was published. */
  readonly dead_letter_published_at: Micros | null;
}

/** Publishes messages again that went missing, bytes and attributes as they were, each under `redrive_of` its message id. */
export interface Redrive {
  /** Returns when all are published; at most as many at a time as the adapter's pace allows. */
  publishAgain(messages: readonly ArchivedMessage[]): Promise<void>;
}

/** Is there something on its way that has not come in yet? */
export interface Backlog {
  /** Why what was published can't all be in the journal yet, a sentence each; empty where nothing waits. */
  behind(): Promise<readonly string[]>;
}

/** A scheduled job, as its scheduler knows it. Times are null where it never ran, or won't. */
export interface JobState {
  readonly name: string;
  /** As written for the scheduler (cron, UTC). */
  readonly schedule: string;
  readonly enabled: boolean;
  readonly last_attempt_at: Micros | null;
  /** Null where it never ran. */
  readonly last_succeeded: boolean | null;
  readonly next_run_at: Micros | null;
  /** When it was made, or changed last. Absent or null: the scheduler doesn't say. */
  readonly changed_at?: Micros | null;
}

/** The scheduler of posting, sweep, reconciliation and report. */
export interface Jobs {
  list(): Promise<JobState[]>;
  run(name: string): Promise<void>;
  pause(name: string): Promise<void>;
  resume(name: string): Promise<void>;
}
