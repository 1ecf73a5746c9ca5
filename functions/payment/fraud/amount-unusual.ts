import type { FraudFacts } from './facts.ts';

/**
 * Up to where a consumer's payment is usual, in minor units: about the worth of 2,000 euros, rounded. An assumption, to be replaced
 * by a merchant's own figures. A currency that isn't here is not judged: to add one, add a line.
 */
const USUAL_UP_TO: ReadonlyMap<string, bigint> = new Map([
  ['AED', 900_000n], ['AUD', 350_000n], ['BGN', 400_000n], ['BHD', 850_000n], ['BRL', 1_200_000n], ['CAD', 300_000n], ['CHF', 200_000n],
  ['CLP', 2_000_000n], ['CNY', 1_600_000n], ['CZK', 5_000_000n], ['DKK', 1_500_000n], ['EUR', 200_000n], ['GBP', 180_000n],
  ['HKD', 1_700_000n], ['HRK', 1_500_000n], ['HUF', 80_000_000n], ['IDR', 3_500_000_000n], ['INR', 18_000_000n], ['ISK', 300_000n],
  ['JPY', 300_000n], ['KRW', 3_000_000n], ['KWD', 650_000n], ['MXN', 4_000_000n], ['NOK', 2_300_000n], ['NZD', 360_000n],
  ['PLN', 900_000n], ['RON', 1_000_000n], ['SEK', 2_300_000n], ['SGD', 290_000n], ['THB', 7_500_000n], ['TRY', 8_000_000n],
  ['USD', 220_000n], ['VND', 55_000_000n], ['ZAR', 4_000_000n],
]);

const FAR_ABOVE = 10n;

/** 20 points for an amount above the currency's usual range, 40 for one more than ten times above it. Payouts to merchants are large by nature. */
export function amountUnusual({ payment }: FraudFacts): number {
  if (payment.kind === 'payout') return 0;
  const usual = USUAL_UP_TO.get(payment.currency);
  if (usual === undefined || payment.amount_minor <= usual) return 0;
  return payment.amount_minor > usual * FAR_ABOVE ? 40 : 20;
}
