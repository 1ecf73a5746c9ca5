import type { Payment } from '../payment.ts';

/** What is known beside the payment itself. */
export interface KnownFacts {
  /** The payment that a refund, chargeback or reversal refers to. */
  readonly original?: { readonly amount_minor: bigint; readonly currency: string };
}

/** What of a payment the rules look at. */
export type ScoredPayment = Pick<Payment, 'kind' | 'amount_minor' | 'currency' | 'exponent' | 'event_time' | 'event_time_offset' | 'country' | 'card_country' | 'ip_address'>;

export interface FraudFacts {
  readonly payment: ScoredPayment;
  readonly known: KnownFacts;
}

/** A rule: points (0–100) for what it finds suspicious, 0 for nothing. Pure, and quick: it runs for every payment. */
export type FraudRule = (facts: FraudFacts) => number;
