import { MARKETS, type Market, weightOf } from './markets.ts';
import { Picker } from './picker.ts';
import { type Producer, producerFor } from './producers.ts';
import type { Random } from './random.ts';
import type { Rates } from './rates.ts';
import { TRADES, type Trade } from './trades.ts';

export interface Merchant {
  readonly id: string;
  /** 1 is the greatest. */
  readonly rank: number;
  readonly trade: Trade;
  readonly market: Market;
  readonly producer: Producer;
  readonly country: string;
  /** Its share of all sales, by Zipf’s law, as a weight. */
  readonly weight: number;
  /** Median of its sales in euros. */
  readonly median: number;
  /** Its price list in minor units, where it has one. */
  readonly prices: readonly bigint[];
}

/**
 * Merchants by rank. Each sells in one currency: the one that is furthest from its share when the merchant's turn
 * comes, so that currencies meet their shares although merchants differ a thousandfold in size.
 */
export function makeMerchants(rates: Rates, random: Random): Merchant[] {
  const wanted = MARKETS.map((market) => weightOf(market, rates));
  const total = wanted.reduce((sum, weight) => sum + weight, 0);
  const given = MARKETS.map(() => 0);
  const trades = new Picker<Trade>(TRADES, (trade) => trade.weight);
  const weights = Array.from({ length: rates.merchants }, (_, index) => (index + 1) ** -rates.merchant_zipf);
  const allWeights = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, index) => {
    const share = weight / allWeights;
    const missing = wanted.map((want, market) => want / total - (given[market] as number));
    const marketIndex = missing.indexOf(Math.max(...missing));
    given[marketIndex] = (given[marketIndex] as number) + share;
    // The greatest are given their trade, so that no seed makes one charity a fifth of all traffic.
    const trade = index < TRADES.length - 1 ? (TRADES[index] as Trade) : trades.pick(random);
    return makeMerchant(index + 1, share, trade, MARKETS[marketIndex] as Market, random);
  });
}

function makeMerchant(rank: number, weight: number, trade: Trade, market: Market, random: Random): Merchant {
  const median = random.logNormal(trade.median, rank <= TRADES.length ? 0.15 : 0.6);
  const prices = trade.prices === 'list' ? Array.from({ length: 12 }, () => listPrice(random.logNormal(median, trade.sigma), market)) : [];
  return {
    id: `M-${String(rank).padStart(5, '0')}`,
    rank,
    trade,
    market,
    producer: producerFor(trade, market, rank),
    country: random.pick(market.countries),
    weight,
    median,
    prices,
  };
}

/** A price as on a price list: whole, or just below the next whole; always with the first digit it was drawn with. */
function listPrice(euros: number, market: Market): bigint {
  const unit = 10 ** market.exponent;
  const whole = Math.max(1, Math.floor(euros * market.per_euro)) * unit;
  return BigInt(market.exponent === 0 ? whole : whole + unit - unit / 100);
}

/** Merchants as they are drawn: within a currency, or of one producer. */
export class MerchantBook {
  readonly all: readonly Merchant[];
  readonly #any: Picker<Merchant>;
  readonly #byMarket = new Map<Market, Picker<Merchant>>();
  readonly #byProducer = new Map<Producer, Picker<Merchant>>();

  constructor(all: readonly Merchant[]) {
    this.all = all;
    this.#any = new Picker(all, (merchant) => merchant.weight);
    for (const [market, merchants] of Map.groupBy(all, (merchant) => merchant.market)) this.#byMarket.set(market, new Picker(merchants, (one) => one.weight));
    for (const [producer, merchants] of Map.groupBy(all, (merchant) => merchant.producer)) this.#byProducer.set(producer, new Picker(merchants, (one) => one.weight));
  }

  /** Markets that have merchants. */
  get markets(): Market[] {
    return [...this.#byMarket.keys()];
  }

  /** Producers that have merchants, in the order of their greatest merchants. */
  get producers(): Producer[] {
    return [...this.#byProducer.keys()];
  }

  /** The producer's share of all sales. */
  shareOf(producer: Producer): number {
    return this.all.filter((merchant) => merchant.producer === producer).reduce((sum, merchant) => sum + merchant.weight, 0);
  }

  any(random: Random): Merchant {
    return this.#any.pick(random);
  }

  inMarket(market: Market, random: Random): Merchant {
    return (this.#byMarket.get(market) as Picker<Merchant>).pick(random);
  }

  ofProducer(producer: Producer, random: Random): Merchant {
    return (this.#byProducer.get(producer) as Picker<Merchant>).pick(random);
  }
}
