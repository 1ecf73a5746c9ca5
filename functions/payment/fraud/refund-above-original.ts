import type { Kind } from '../kind.ts';
import type { FraudFacts } from './facts.ts';

const GIVES_BACK: ReadonlySet<Kind> = new Set<Kind>(['refund', 'chargeback', 'second_chargeback']);

/** 60 points for giving back more than was paid, or in another currency, where the original is known. */
export function refundAboveOriginal({ payment, known }: FraudFacts): number {
  const original = known.original;
  if (original === undefined || !GIVES_BACK.has(payment.kind)) return 0;
  return payment.currency !== original.currency || payment.amount_minor > original.amount_minor ? 60 : 0;
}
