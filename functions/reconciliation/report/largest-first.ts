import type { CurrencyTotals } from './control-totals.ts';
import { toUnits } from './decimal.ts';

interface Money {
  /** Decimal text in major units; null means unknown. */
  readonly amount: string | null;
  readonly currency: string;
}

/** Digits kept of an amount's multiple of what is usual. */
const PRECISION = 1_000_000n;

/**
 * The largest first, over currencies: 5,000 JPY are not more than 400 EUR. Without exchange rates, an amount is measured by the
 * average posting in its currency. Amounts that can't be measured come last.
 */
export function largestFirst<Item extends Money>(items: readonly Item[], totals: readonly CurrencyTotals[]): Item[] {
  const ofCurrency = new Map(totals.map((line) => [line.currency, line]));
  const measure = ({ amount, currency }: Money): bigint => {
    const books = ofCurrency.get(currency);
    const gross = books === undefined ? 0n : toUnits(books.gross);
    return amount === null || books === undefined || gross === 0n ? -1n : (toUnits(amount) * BigInt(books.postings) * PRECISION) / gross;
  };
  const measured = items.map((item) => ({ item, size: measure(item) }));
  return measured.sort((left, right) => (left.size === right.size ? 0 : left.size > right.size ? -1 : 1)).map(({ item }) => item);
}
