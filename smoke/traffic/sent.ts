import type { Kind } from '../../functions/payment/kind.ts';

/** What a message is there for. */
export type Role = 'payment' | 'refund' | 'yen' | 'dinar' | 'late' | 'duplicate' | 'late_duplicate' | 'conflict' | 'poison' | 'malformed';

/** A message to be published, and what must become of it. */
export interface Planned {
  readonly role: Role;
  readonly data: Buffer;
  readonly transaction_id: string | null;
  /** Of its journal line. */
  readonly outcome: 'recorded' | 'duplicate' | 'conflict' | 'late' | 'rejected';
  readonly disposition: 'posted' | 'duplicate' | 'conflict' | 'rejected';
  /** The code of the fault that its rejected line must name; null for any other. */
  readonly fault: string | null;
}

/** A message as it was published. */
export interface Published extends Planned {
  readonly message_id: string;
  readonly data_sha256: string;
}

/** A row that the ledger must hold, once. */
export interface ExpectedRow {
  readonly transaction_id: string;
  readonly kind: Kind;
  readonly amount_minor: bigint;
  /** Signed by kind. */
  readonly effect_minor: bigint;
  readonly currency: string;
  readonly original_transaction_id: string | null;
  readonly outcome: 'recorded' | 'late';
}

/** All that a run publishes. A copy is in the second wave: what it copies has a line by then. */
export interface Traffic {
  /** Ids of payments begin with it, and with nothing else. */
  readonly prefix: string;
  readonly waves: readonly [readonly Planned[], readonly Planned[]];
  readonly rows: readonly ExpectedRow[];
}

/** Every id of the smoke test's payments, of all runs, begins with it. */
export const SMOKE_PREFIX = 'smoke-';
