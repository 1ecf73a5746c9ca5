import { type FraudScore, scorePayment } from '../payment/fraud/score.ts';
import type { Kind } from '../payment/kind.ts';
import type { Payment } from '../payment/payment.ts';
import type { Flag } from './outcome.ts';

/** What a payment gains on its way, whatever its outcome. */
export interface Enrichment {
  readonly fraud: FraudScore;
  readonly flags: readonly Flag[];
}

const REFERS_TO_ANOTHER: ReadonlySet<Kind> = new Set(['refund', 'refund_reversal', 'chargeback', 'chargeback_reversal', 'second_chargeback']);

/** Step 4: fraud score and remarks. Pure, deterministic, no I/O; every valid payment gets it. */
export function enrich(payment: Payment, clock_skew: boolean): Enrichment {
  return { fraud: scorePayment(payment), flags: flagsFor(payment, clock_skew) };
}

function flagsFor(payment: Payment, clock_skew: boolean): Flag[] {
  const flags: Flag[] = [];
  if (clock_skew) flags.push('clock_skew');
  if (payment.card_data.length > 0) flags.push('card_data_seen');
  if (payment.original_transaction_id === null && REFERS_TO_ANOTHER.has(payment.kind)) flags.push('original_missing');
  if (payment.unknown_fields.length > 0) flags.push('unknown_fields');
  return flags;
}
