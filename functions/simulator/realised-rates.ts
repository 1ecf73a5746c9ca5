import { RATES, type RateDescription, type RateName, type Rates } from './rates.ts';
import type { Tally } from './tally.ts';

/** A rate as it is by default, as it was set, and as it came out. */
export interface RealisedRate {
  readonly name: RateName;
  readonly unit: RateDescription['unit'];
  readonly default: number;
  readonly set: number;
  /** Null where it can't be counted: exponents, factors, and shares of nothing. */
  readonly realised: number | null;
  readonly description: string;
}

/** Every rate with what came of it, in the order in which the rates are described. */
export function realisedRates(rates: Rates, tally: Tally): RealisedRate[] {
  return RATES.map((rate: RateDescription) => ({
    name: rate.name as RateName,
    unit: rate.unit,
    default: rate.default,
    set: rates[rate.name as RateName],
    realised: realised(rate, tally),
    description: rate.description,
  }));
}

function realised(rate: RateDescription, tally: Tally): number | null {
  if (rate.counts === undefined) return null;
  const count = tally.counted(rate.counts);
  if (rate.among === undefined) return count;
  const among = tally.counted(rate.among);
  if (among === 0) return null;
  return rate.unit === 'weight' ? (100 * count) / among : count / among;
}
