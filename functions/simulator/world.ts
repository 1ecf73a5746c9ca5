import { MerchantBook, makeMerchants } from './merchants.ts';
import type { ResolvedOptions } from './options.ts';
import type { Producer } from './producers.ts';
import { Random } from './random.ts';
import type { Rates } from './rates.ts';
import { Tally } from './tally.ts';

/** What everything in the simulation shares: settings, merchants, streams of random numbers, and the count of what happened. */
export class World {
  readonly options: ResolvedOptions;
  readonly rates: Rates;
  readonly merchants: MerchantBook;
  readonly tally: Tally;
  /** Customers; each pays six times on average. */
  readonly customers: number;
  readonly streams: { readonly arrivals: Random; readonly sales: Random; readonly choices: Random; readonly publishing: Random; readonly plan: Random; readonly lines: Random };
  #movements = 0;

  constructor(options: ResolvedOptions) {
    this.options = options;
    this.rates = options.rates;
    const stream = (name: string): Random => new Random(options.seed, name);
    this.merchants = new MerchantBook(makeMerchants(options.rates, stream('merchants')));
    this.streams = { arrivals: stream('arrivals'), sales: stream('sales'), choices: stream('choices'), publishing: stream('publishing'), plan: stream('plan'), lines: stream('lines') };
    this.tally = new Tally(options);
    this.customers = Math.max(50, Math.floor(options.payments / 6));
    this.tally.count('merchants', this.merchants.all.length);
    this.tally.count('days', options.days);
  }

  /** A transaction id in the producer's manner, never given twice. */
  nextId(producer: Producer): string {
    this.#movements += 1;
    const number = this.#movements;
    if (producer.ids === 'counted') return `${producer.prefix}-${String(100_000_000 + number)}`;
    const random = this.streams.sales;
    if (producer.ids === 'random') return `${producer.prefix}_${hexadecimal(random.bits())}${number.toString(36)}`;
    const first = hexadecimal(random.bits());
    const second = hexadecimal(random.bits());
    const last = number.toString(16).padStart(12, '0');
    return `${first}-${second.slice(0, 4)}-4${second.slice(5, 8)}-a${first.slice(1, 4)}-${last}`;
  }
}

function hexadecimal(bits: number): string {
  return bits.toString(16).padStart(8, '0');
}
