import type { Books, SqlRow } from '../../ports.ts';
import { formatMicros, MICROS_PER_DAY, type Micros } from '../../payment/time.ts';
import { MAX_BREAKS } from './bounds.ts';
import { decimalText, moneyText, toUnits } from './decimal.ts';
import type { Listed } from './listed.ts';
import { countOf, microsOrNull, shortened, textOf, textOrNull } from './rows.ts';
import { AGES, type Age, breakTitle } from './words.ts';

/** What the proof could not explain, or a person must act on. */
export interface BreaksPart {
  readonly by_type: readonly BreakGroup[];
  readonly list: Listed<ReportBreak>;
}

export interface BreakGroup {
  readonly break_type: string;
  readonly title: string;
  readonly severity: string;
  readonly breaks: number;
  /** How many are that many days old. */
  readonly ages: readonly { readonly age: Age; readonly breaks: number }[];
  /** Money at stake where it is known, by currency. */
  readonly amounts: readonly { readonly currency: string; readonly amount: string }[];
  /** Breaks whose amount is not known: a count, never zero money. */
  readonly amounts_unknown: number;
  readonly next_step: string;
}

export interface ReportBreak {
  readonly break_id: string;
  readonly break_type: string;
  readonly title: string;
  readonly severity: string;
  readonly transaction_id: string | null;
  readonly message_id: string | null;
  readonly currency: string | null;
  /** Null means unknown. */
  readonly amount: string | null;
  readonly since: string | null;
  readonly age_days: number | null;
  readonly detail: string;
  readonly next_step: string;
}

/** Reads the breaks of a reconciliation; they age up to `now`. */
export async function readBreaks(books: Books, reconciliation: number, now: Micros): Promise<BreaksPart> {
  const groups = await books.query('jobs/report/breaks-by-type.sql', {
    reconciliation,
    two_days_ago: { timestamp: now - 2 * MICROS_PER_DAY },
    eight_days_ago: { timestamp: now - 8 * MICROS_PER_DAY },
    thirty_one_days_ago: { timestamp: now - 31 * MICROS_PER_DAY },
  });
  const rows = await books.query('jobs/report/breaks.sql', { reconciliation, list_limit: MAX_BREAKS });
  const by_type = [...Map.groupBy(groups, (row) => `${textOf(row, 'severity')} ${textOf(row, 'break_type')}`).values()].map(breakGroup);
  const total = by_type.reduce((sum, group) => sum + group.breaks, 0);
  return { by_type, list: { items: rows.map((row) => reportBreak(row, now)), more: total - rows.length } };
}

function breakGroup(rows: readonly SqlRow[]): BreakGroup {
  const first = rows[0]!;
  const sum = (column: string, of: readonly SqlRow[]) => of.reduce((total, row) => total + countOf(row, column), 0);
  const withAmount = rows.filter((row) => row.currency !== null && row.amount !== null);
  return {
    break_type: textOf(first, 'break_type'),
    title: breakTitle(textOf(first, 'break_type')),
    severity: textOf(first, 'severity'),
    breaks: sum('breaks', rows),
    ages: AGES.map((age) => ({ age, breaks: sum('breaks', rows.filter((row) => row.age === age)) })),
    amounts: [...Map.groupBy(withAmount, (row) => textOf(row, 'currency'))].map(([currency, of]) => ({
      currency,
      amount: decimalText(of.reduce((total, row) => total + toUnits(textOf(row, 'amount')), 0n), currency),
    })),
    // An amount without a currency says nothing either.
    amounts_unknown: sum('amounts_unknown', rows.filter((row) => row.currency !== null)) + sum('breaks', rows.filter((row) => row.currency === null)),
    next_step: shortened(textOf(first, 'next_step')),
  };
}

function reportBreak(row: SqlRow, now: Micros): ReportBreak {
  const since = microsOrNull(row, 'since');
  const currency = textOrNull(row, 'currency');
  return {
    break_id: textOf(row, 'break_id'),
    break_type: textOf(row, 'break_type'),
    title: breakTitle(textOf(row, 'break_type')),
    severity: textOf(row, 'severity'),
    transaction_id: textOrNull(row, 'transaction_id'),
    message_id: textOrNull(row, 'message_id'),
    currency,
    amount: row.amount === null || currency === null ? null : moneyText(textOf(row, 'amount'), currency),
    since: since === null ? null : formatMicros(since),
    age_days: since === null ? null : ageInDays(since, now),
    detail: shortened(textOf(row, 'detail')),
    next_step: shortened(textOf(row, 'next_step')),
  };
}

/** Whole days that have passed; 0 where `since` lies ahead of `now`. */
export function ageInDays(since: Micros, now: Micros): number {
  return Math.max(0, Math.floor((now - since) / MICROS_PER_DAY));
}
