import type { Kind } from '../payment/kind.ts';
import type { Producer } from './producers.ts';
import type { Merchant } from './merchants.ts';

/** One money movement as the simulated world knows it, and how its producer writes it down. */
export interface Movement {
  readonly transaction_id: string;
  readonly kind: Kind;
  /** ≥ 0, in minor units. */
  readonly minor: bigint;
  readonly currency: string;
  readonly exponent: number;
  /** What event_time will say: microseconds since 1970, cut to the producer's digits. */
  readonly event_time: number;
  /** Minutes east of UTC as printed; null prints `Z`. */
  readonly offset: number | null;
  /** Printed instead of event_time, where the text itself is the point. */
  readonly event_text: string | null;
  readonly customer_id: string;
  readonly merchant_id: string;
  readonly original_transaction_id: string | null;
  readonly merchant: Merchant;
  readonly producer: Producer;
  readonly method: Method;
  /** Further fields of the payment, and those of its metadata, as strings. */
  readonly fields: Readonly<Record<string, string>> | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** Shared by all copies of the payment. */
  readonly identity: Identity;
}

/** How the customer pays, from which device. */
export interface Method {
  readonly payment_method: 'card' | 'wallet' | 'direct_debit' | 'bank_transfer';
  readonly brand: string;
  readonly card_bin: string;
  readonly card_last4: string;
  readonly card_country: string;
  readonly device_id: string;
  readonly ip_address: string;
}

/** A payment over all its messages: the movement that was posted, once one was. */
export interface Identity {
  posted: Movement | null;
}

/** The money facts by which a copy is a duplicate or a conflict. The transaction id and so the identity is the same already. */
export function sameMoneyFacts(a: Movement, b: Movement): boolean {
  return (
    a.kind === b.kind &&
    a.minor === b.minor &&
    a.currency === b.currency &&
    a.customer_id === b.customer_id &&
    a.merchant_id === b.merchant_id &&
    a.original_transaction_id === b.original_transaction_id
  );
}
