import { counted, grouped, money, readableDelay } from '../../figures.ts';
import { MAX_BOOKING_DAYS_IN_TEXT, MAX_LATE_PAYMENTS_IN_TEXT, MAX_POSTING_RUNS_IN_TEXT } from './bounds.ts';
import type { LatePart, LedgerPart } from './ledger-part.ts';
import { firstOf } from './phrases.ts';
import { readableTime } from './printable.ts';
import type { Listed } from './listed.ts';
import { heading, MONEY_WIDTH, textTable, wrapped } from './text-layout.ts';

/** How the books came about: of a booking date that is over, the same text whenever it is asked for. */
export function ledgerText(ledger: LedgerPart): string[] {
  return [...lateText(ledger.late), ...bookingDaysText(ledger), ...runsText(ledger)];
}

/** The books in figures: of a booking date that is over, the same text whenever it is asked for. */
export function controlTotalsText({ control_totals, booking_date }: LedgerPart): string[] {
  const rows = control_totals.flatMap(({ currency, kinds, postings, gross, net }) => [
    ...kinds.map((kind) => [currency, kind.kind, grouped(kind.postings), grouped(kind.gross), grouped(kind.net)]),
    ...(kinds.length > 1 ? [[currency, 'all', grouped(postings), grouped(gross), grouped(net)]] : []),
  ]);
  const figures = ['postings', 'gross', 'net'].map((title) => ({ title, figures: true }));
  return [
    ...heading(`The ledger: control totals, ${booking_date === null ? 'all booking days' : `booking day ${booking_date}`}`),
    ...(rows.length === 0 ? ['  Nothing is booked.'] : textTable([{ title: 'currency' }, { title: 'kind' }, ...figures], rows, { width: MONEY_WIDTH })),
  ];
}

function lateText({ totals, payments }: LatePart): string[] {
  if (totals.length === 0) return [];
  const shown = firstOf(payments, MAX_LATE_PAYMENTS_IN_TEXT);
  return [
    ...heading('The ledger: late payments'),
    ...wrapped('They came after the watermark and count like any other. Their booking date may lie in another period than their transaction date.'),
    ...textTable(
      [{ title: 'currency' }, ...['payments', 'gross', 'net'].map((title) => ({ title, figures: true }))],
      totals.map(({ currency, messages, gross, net }) => [currency, grouped(messages), grouped(gross), grouped(net)]),
      { width: MONEY_WIDTH },
    ),
    '',
    ...textTable(
      [{ title: 'came after' }, { title: 'transaction' }, { title: 'kind' }, { title: 'amount', figures: true }, { title: 'booked' }],
      shown.items.map((late) => [readableDelay(late.delay_minutes), late.transaction_id, late.kind, money(late.amount, late.currency), late.booking_date]),
    ),
    ...moreLine(shown, 'late payment'),
  ];
}

function bookingDaysText({ booking_days }: LedgerPart): string[] {
  const shown = firstOf(booking_days, MAX_BOOKING_DAYS_IN_TEXT);
  if (shown.items.length === 0) return [];
  const rows = shown.items.map(({ booking_date, postings, runs, over, closed_by_run }) =>
    [booking_date, grouped(postings), grouped(runs), over ? `over: closed by run ${closed_by_run}; never changes` : 'open: may still change']);
  return [
    ...heading('The ledger: booking days'),
    ...textTable([{ title: 'booking day' }, { title: 'postings', figures: true }, { title: 'runs', figures: true }, { title: 'state' }], rows),
    ...moreLine(shown, 'booking day'),
  ];
}

function runsText({ posting_runs }: LedgerPart): string[] {
  const shown = firstOf(posting_runs, MAX_POSTING_RUNS_IN_TEXT);
  if (shown.items.length === 0) return [];
  const rows = shown.items.map(({ run, kind, booking_date, cut, rows_posted }) => [String(run), kind, booking_date, readableTime(cut), grouped(rows_posted)]);
  const columns = [{ title: 'run', figures: true }, { title: 'kind' }, { title: 'booking day' }, { title: 'journal up to' }, { title: 'posted', figures: true }];
  return [...heading('The ledger: posting runs'), ...textTable(columns, rows), ...moreLine(shown, 'posting run')];
}

/** Says how many more there are. */
export function moreLine({ more }: Listed<unknown>, one: string, several = `${one}s`): string[] {
  return more === 0 ? [] : [`  And ${counted(more, `more ${one}`, `more ${several}`)}.`];
}
