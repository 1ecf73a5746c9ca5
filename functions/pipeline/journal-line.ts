import type { FraudScore } from '../payment/fraud/score.ts';
import type { Fault } from '../payment/fault.ts';
import type { Payment } from '../payment/payment.ts';
import type { Message } from './message.ts';
import type { Flag, Outcome } from './outcome.ts';

/** One decision on one message, ready to be appended to `payment_journal`. The store adds `journaled_at`. */
export interface JournalLine {
  readonly message: Message;
  readonly outcome: Outcome;
  /** The message that owns the claim, where that isn't this one: on duplicates and conflicts. */
  readonly claim_owner: string | null;
  /** Null on rejected lines. */
  readonly payment: Payment | null;
  readonly fraud: FraudScore | null;
  readonly flags: readonly Flag[];
  /** All faults of a rejected message; empty otherwise. */
  readonly faults: readonly Fault[];
  /** On a rejected line, the transaction_id where it could be read safely. */
  readonly readable_transaction_id: string | null;
  /** The payment's JSON text, card data masked; null where the data is no text. */
  readonly payload: string | null;
}
