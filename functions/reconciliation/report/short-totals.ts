import { counted, grouped } from '../../figures.ts';
import type { Kind } from '../../payment/kind.ts';
import { SHORT_CURRENCIES, SHORT_CURRENCIES_IN_TWO } from './bounds.ts';
import type { CurrencyTotals } from './control-totals.ts';
import { decimalText, toUnits } from './decimal.ts';
import { firstOf } from './phrases.ts';
import type { Listed } from './listed.ts';
import type { Report } from './report.ts';
import { shortHeading } from './short-heading.ts';
import { aligned, TEXT_WIDTH, wrapped } from './text-layout.ts';
import type { TextOptions } from './text-verdict.ts';

/** Kinds taken together, so that a currency fits one line. A reversal counts with what it reverses. */
const GROUPS = ['payments', 'refunds', 'chargebacks', 'fees, payouts'] as const;
const GROUP_OF_KIND: Readonly<Record<Kind, (typeof GROUPS)[number]>> = {
  payment: 'payments',
  refund: 'refunds',
  refund_reversal: 'refunds',
  chargeback: 'chargebacks',
  chargeback_reversal: 'chargebacks',
  second_chargeback: 'chargebacks',
  fee: 'fees, payouts',
  payout: 'fees, payouts',
};

const figures = (titles: readonly string[]) => titles.map((title) => ({ title, figures: true }));

/** Control totals of the currencies with most postings: one line a currency, its kinds beside each other, where all fit the width; else two tables. */
export function shortTotals({ ledger: { control_totals, booking_date } }: Report, options: TextOptions): string[] {
  const days = booking_date === null ? 'all booking days' : `booking day ${booking_date}`;
  const title = shortHeading(`What is in the ledger, ${days}`, options);
  if (control_totals.length === 0) return [title, '  Nothing is booked.'];
  const sorted = { items: control_totals.toSorted((left, right) => right.postings - left.postings), more: 0 };
  const inOne = firstOf(sorted, SHORT_CURRENCIES);
  const one = aligned([{ title: '' }, ...figures(['postings', 'gross', ...GROUPS, 'net'])], inOne.items.map((totals) => [...countAndGross(totals), ...ofGroups(totals), grouped(totals.net)]));
  const adds = wrapped(`${GROUPS.map((group) => group.replace(',', ' and')).join(' + ')} = net. Gross adds up all, signs left out.`);
  if (one.needed <= TEXT_WIDTH) return [title, one.titles, ...one.lines, ...rest(inOne), ...adds];
  const inTwo = firstOf(sorted, SHORT_CURRENCIES_IN_TWO);
  const books = aligned([{ title: '' }, ...figures(['postings', 'gross', 'net'])], inTwo.items.map((totals) => [...countAndGross(totals), grouped(totals.net)]));
  const kinds = aligned([{ title: '' }, ...figures(GROUPS)], inTwo.items.map((totals) => [totals.currency, ...ofGroups(totals)]));
  return [title, books.titles, ...books.lines, kinds.titles, ...kinds.lines, ...rest(inTwo), ...adds];
}

function countAndGross({ currency, postings, gross }: CurrencyTotals): string[] {
  return [currency, grouped(postings), grouped(gross)];
}

function ofGroups({ currency, kinds }: CurrencyTotals): string[] {
  return GROUPS.map((group) => {
    const nets = kinds.filter(({ kind }) => GROUP_OF_KIND[kind as Kind] === group).map(({ net }) => toUnits(net));
    return nets.length === 0 ? '·' : grouped(decimalText(nets.reduce((sum, net) => sum + net, 0n), currency));
  });
}

function rest({ items, more }: Listed<CurrencyTotals>): string[] {
  return more === 0 ? [] : [`  And ${counted(more, 'more currency', 'more currencies')}, with fewer postings than ${items.at(-1)!.currency}.`];
}
