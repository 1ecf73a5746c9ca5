import type { Payment } from '../payment.ts';

/** What of a payment the rules look at. */
export type ScoredPayment = Pick<Payment, 'kind' | 'amount_minor' | 'currency' | 'exponent' | 'event_time' | 'event_time_offset' | 'country' | 'card_country' | 'ip_address'>;

/** What a rule may go by: the payment alone. What needs another payment (a refund above its original) is a break of the reconciliation, which has both: `over_refund`. */
export interface FraudFacts {
  readonly payment: ScoredPayment;
}

/** A rule: points (0–100) for what it finds suspicious, 0 for nothing. Pure, and quick: it runs for every payment. */
export type FraudRule = (facts: FraudFacts) => number;
