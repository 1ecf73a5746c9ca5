import type { FraudFacts } from './facts.ts';

/** What counts as round, in minor units, by exponent: hundreds of a currency with cents; currencies without have bigger figures. */
const ROUND_BY_EXPONENT = [10_000n, 1_000n, 10_000n, 100_000n, 1_000_000n];

/** 5 points for an amount in whole hundreds (whole ten thousands where the currency has no minor unit): rare at a till, common in tests of stolen cards. */
export function amountRound({ payment }: FraudFacts): number {
  const unit = ROUND_BY_EXPONENT[payment.exponent];
  return unit !== undefined && payment.amount_minor !== 0n && payment.amount_minor % unit === 0n ? 5 : 0;
}
