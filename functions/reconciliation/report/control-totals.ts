import type { Books, SqlParameters, SqlRow } from '../../ports.ts';
import { KINDS } from '../../payment/kind.ts';
import { decimalText, toUnits } from './decimal.ts';
import { countOf, textOf } from './rows.ts';

/** Ledger rows of one kind, or of all: decimal strings in major units. */
export interface Totals {
  readonly postings: number;
  readonly gross: string;
  readonly net: string;
}

/** Control totals of a currency. Gross beside net, so that a refund can't hide a loss. */
export interface CurrencyTotals extends Totals {
  readonly currency: string;
  readonly kinds: readonly ({ readonly kind: string } & Totals)[];
}

/** Reads the control totals of a span from the ledger's own rows: currencies by code, kinds in the order of the books. */
export async function readControlTotals(books: Books, span: SqlParameters): Promise<CurrencyTotals[]> {
  const rows = await books.query('jobs/report/control-totals.sql', span);
  const currencies = Map.groupBy(rows, (row) => textOf(row, 'currency'));
  return [...currencies].map(([currency, ofCurrency]) => {
    const sorted = ofCurrency.toSorted((left, right) => placeOf(left) - placeOf(right));
    return {
      currency,
      ...totals(currency, sorted),
      kinds: sorted.map((row) => ({ kind: textOf(row, 'kind'), ...totals(currency, [row]) })),
    };
  });
}

function totals(currency: string, rows: readonly SqlRow[]): Totals {
  return {
    postings: rows.reduce((sum, row) => sum + countOf(row, 'postings'), 0),
    gross: decimalText(rows.reduce((sum, row) => sum + toUnits(textOf(row, 'gross')), 0n), currency),
    net: decimalText(rows.reduce((sum, row) => sum + toUnits(textOf(row, 'net')), 0n), currency),
  };
}

function placeOf(row: SqlRow): number {
  const place = (KINDS as readonly string[]).indexOf(textOf(row, 'kind'));
  return place < 0 ? KINDS.length : place;
}
