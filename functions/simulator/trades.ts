/** What merchants sell, and how that shows in amounts, refunds and seasons. */
export interface Trade {
  readonly name: 'marketplace' | 'grocery' | 'fashion' | 'travel' | 'subscriptions' | 'tickets' | 'charity';
  /** Merchant category code, ISO 18245. */
  readonly mcc: string;
  /** Share of merchants, as a weight. */
  readonly weight: number;
  /** Median sale in euros, and the spread of its logarithm. */
  readonly median: number;
  readonly sigma: number;
  /** Fixed prices, drawn once a merchant; round sums; or any price. */
  readonly prices: 'list' | 'round' | 'free';
  /** Share of sales that are refunded, against which refunds pick their payment. */
  readonly refunded: number;
}

export const TRADES = [
  { name: 'marketplace', mcc: '5999', weight: 26, median: 35, sigma: 1.25, prices: 'free', refunded: 0.04 },
  { name: 'grocery', mcc: '5411', weight: 26, median: 27, sigma: 0.95, prices: 'free', refunded: 0.006 },
  { name: 'fashion', mcc: '5651', weight: 14, median: 60, sigma: 0.9, prices: 'free', refunded: 0.25 },
  { name: 'travel', mcc: '4722', weight: 14, median: 240, sigma: 1.1, prices: 'free', refunded: 0.06 },
  { name: 'subscriptions', mcc: '5968', weight: 10, median: 12, sigma: 0.9, prices: 'list', refunded: 0.02 },
  { name: 'tickets', mcc: '7922', weight: 6, median: 55, sigma: 0.8, prices: 'list', refunded: 0.02 },
  { name: 'charity', mcc: '8398', weight: 4, median: 30, sigma: 1.1, prices: 'round', refunded: 0.002 },
] as const satisfies readonly Trade[];
