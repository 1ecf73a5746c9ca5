import type { Market } from './markets.ts';
import type { Merchant } from './merchants.ts';
import type { Random } from './random.ts';

/** An amount drawn for a merchant's sale, in minor units, and whether it could have been any price and was made a price point. */
export interface DrawnAmount {
  readonly minor: bigint;
  readonly free: boolean;
  readonly price_point: boolean;
}

const ROUND_SUMS = [1, 2, 2.5, 3, 4, 5, 6, 7.5, 8, 10];

/** Draws the amount of a sale. Drawing is done in floating point; the drawn amount is money from then on, and exact. */
export function drawAmount(merchant: Merchant, pricePoints: number, random: Random): DrawnAmount {
  const { market, trade } = merchant;
  if (trade.prices === 'list') {
    const tickets = trade.name === 'tickets' ? 1 + random.below(4) : 1;
    return { minor: random.pick(merchant.prices) * BigInt(tickets), free: false, price_point: false };
  }
  const euros = random.logNormal(merchant.median, trade.sigma);
  if (trade.prices === 'round') return { minor: roundSum(euros, market, random), free: false, price_point: false };
  const pricePoint = market.exponent > 0 && random.chance(pricePoints);
  const minor = pricePoint ? pricePointOf(euros, market, random) : stepped(euros, market);
  return { minor, free: market.exponent > 0, price_point: pricePoint };
}

function stepped(euros: number, market: Market): bigint {
  const steps = Math.round((euros * market.per_euro * 10 ** market.exponent) / market.step);
  return BigInt(Math.max(1, steps) * market.step);
}

/** The ending changes, the whole part stays, so that price points don't move first digits. */
function pricePointOf(euros: number, market: Market, random: Random): bigint {
  const unit = 10 ** market.exponent;
  const whole = Math.floor(euros * market.per_euro);
  const ending = random.pick([0.99, 0.99, 0, 0.5]);
  return BigInt(Math.max(whole * unit + Math.round(ending * unit), unit / 2));
}

function roundSum(euros: number, market: Market, random: Random): bigint {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(1, euros * market.per_euro)));
  const sum = magnitude * random.pick(ROUND_SUMS);
  return BigInt(Math.max(1, Math.round(sum * 10 ** market.exponent)));
}
