import type { Market } from './markets.ts';
import type { Trade } from './trades.ts';

/** A system that publishes payments, with its habits of writing them down. */
export interface Producer {
  readonly name: string;
  readonly prefix: string;
  readonly ids: 'random' | 'counted' | 'uuid';
  /** Digits of a second in event_time. */
  readonly digits: 0 | 3 | 6;
  readonly clock: 'utc' | 'local';
  readonly amounts: 'decimal' | 'short' | 'minor';
  /** Leaves `kind` out of payments, since that is the default. */
  readonly implies_kind: boolean;
  readonly channel: string;
}

const habits = { ids: 'random', digits: 3, clock: 'utc', amounts: 'decimal', implies_kind: false, channel: 'ecommerce' } as const;

export const PRODUCERS = {
  web_checkout: { ...habits, name: 'web-checkout', prefix: 'web', ids: 'uuid' },
  mobile_app: { ...habits, name: 'mobile-app', prefix: 'app', ids: 'uuid', digits: 6, implies_kind: true, channel: 'mobile' },
  pos_europe: { ...habits, name: 'pos-europe', prefix: 'poseu', ids: 'counted', digits: 0, clock: 'local', channel: 'pos' },
  pos_americas: { ...habits, name: 'pos-americas', prefix: 'posam', ids: 'counted', digits: 0, clock: 'local', channel: 'pos' },
  pos_asia: { ...habits, name: 'pos-asia', prefix: 'posas', ids: 'counted', digits: 0, clock: 'local', amounts: 'minor', channel: 'pos' },
  travel_desk: { ...habits, name: 'travel-desk', prefix: 'trv', amounts: 'short' },
  airline_files: { ...habits, name: 'airline-files', prefix: 'air', ids: 'counted', digits: 0, implies_kind: true, channel: 'file' },
  subscriptions: { ...habits, name: 'subscription-billing', prefix: 'sub', digits: 6, amounts: 'short', channel: 'recurring' },
  tickets: { ...habits, name: 'ticket-office', prefix: 'tix', amounts: 'short', clock: 'local' },
  donations: { ...habits, name: 'donation-forms', prefix: 'don', amounts: 'short', implies_kind: true },
  gateway: { ...habits, name: 'legacy-gateway', prefix: 'LG/', ids: 'counted', amounts: 'minor', clock: 'local', digits: 0 },
  settlement: { ...habits, name: 'settlement', prefix: 'stl', digits: 0, channel: 'back_office' },
} as const satisfies Record<string, Producer>;

/** The producer of a merchant, by what it sells and where. Every fourth marketplace is still on the old gateway. */
export function producerFor(trade: Trade, market: Market, rank: number): Producer {
  switch (trade.name) {
    case 'grocery':
      return market.region === 'americas' ? PRODUCERS.pos_americas : market.region === 'europe' ? PRODUCERS.pos_europe : PRODUCERS.pos_asia;
    case 'fashion':
      return PRODUCERS.web_checkout;
    case 'travel':
      return rank % 3 === 0 ? PRODUCERS.airline_files : PRODUCERS.travel_desk;
    case 'subscriptions':
      return PRODUCERS.subscriptions;
    case 'tickets':
      return PRODUCERS.tickets;
    case 'charity':
      return PRODUCERS.donations;
    default:
      return rank % 4 === 0 ? PRODUCERS.gateway : rank % 2 === 0 ? PRODUCERS.web_checkout : PRODUCERS.mobile_app;
  }
}
