import { counted, grouped, readableDelay } from '../../figures.ts';
import { html, type Markup } from './html-markup.ts';
import { htmlTable } from './html-table.ts';
import type { LatePart, LedgerPart } from './ledger-part.ts';
import { readableTime } from './printable.ts';
import type { Listed } from './listed.ts';

const figures = (titles: readonly string[]) => titles.map((title) => ({ title, figures: true }));

/** How the books came about: of a booking date that is over, the same bytes whenever it is asked for. */
export function ledgerHtml(ledger: LedgerPart): Markup[] {
  return [...lateHtml(ledger.late), ...bookingDaysHtml(ledger), ...runsHtml(ledger)];
}

/** The books in figures: of a booking date that is over, the same bytes whenever it is asked for. */
export function controlTotalsHtml({ control_totals }: LedgerPart): Markup[] {
  if (control_totals.length === 0) return [html`<p>Nothing is booked.</p>`];
  const rows = control_totals.flatMap(({ currency, kinds, postings, gross, net }) => [
    ...kinds.map((kind) => ({ cells: [currency, kind.kind, grouped(kind.postings), grouped(kind.gross), grouped(kind.net)] })),
    ...(kinds.length > 1 ? [{ cells: [currency, 'all', grouped(postings), grouped(gross), grouped(net)], sum: true }] : []),
  ]);
  return [htmlTable('Control totals by currency and kind', [{ title: 'currency' }, { title: 'kind' }, ...figures(['postings', 'gross', 'net'])], rows)];
}

function lateHtml({ totals, payments }: LatePart): Markup[] {
  if (totals.length === 0) return [];
  const columns = [{ title: 'transaction', text: true }, { title: 'came after' }, { title: 'kind' }, ...figures(['amount']), { title: 'currency' }, { title: 'happened' }, { title: 'booked' }, { title: 'producer' }];
  return [
    html`<h3>Late payments</h3>
<p>They came after the watermark and count like any other. Their booking date may lie in another period than their transaction date.</p>`,
    htmlTable('Late payments by currency', [{ title: 'currency' }, ...figures(['payments', 'gross', 'net'])],
      totals.map(({ currency, messages, gross, net }) => ({ cells: [currency, grouped(messages), grouped(gross), grouped(net)] }))),
    htmlTable('Late payments, the latest first', columns, payments.items.map((late) => ({
      cells: [late.transaction_id, readableDelay(late.delay_minutes), late.kind, grouped(late.amount), late.currency, readableTime(late.event_time), late.booking_date, late.producer ?? ''],
    }))),
    ...moreHtml(payments, 'late payment'),
  ];
}

function bookingDaysHtml({ booking_days }: LedgerPart): Markup[] {
  if (booking_days.items.length === 0) return [];
  const rows = booking_days.items.map(({ booking_date, postings, runs, over, closed_by_run }) =>
    ({ cells: [booking_date, grouped(postings), grouped(runs), over ? `over: closed by run ${closed_by_run}; never changes` : 'open: may still change'] }));
  return [
    htmlTable('Booking days', [{ title: 'booking day' }, ...figures(['postings', 'runs']), { title: 'state' }], rows),
    ...moreHtml(booking_days, 'booking day'),
  ];
}

function runsHtml({ posting_runs }: LedgerPart): Markup[] {
  if (posting_runs.items.length === 0) return [];
  const rows = posting_runs.items.map(({ run, kind, booking_date, cut, rows_posted }) => ({ cells: [String(run), kind, booking_date, readableTime(cut), grouped(rows_posted)] }));
  return [
    htmlTable('Posting runs, the newest first', [{ title: 'run' }, { title: 'kind' }, { title: 'booking day' }, { title: 'journal up to' }, ...figures(['posted'])], rows),
    ...moreHtml(posting_runs, 'posting run'),
  ];
}

/** Says how many more there are. */
export function moreHtml({ more }: Listed<unknown>, what: string): Markup[] {
  return more === 0 ? [] : [html`<p>And ${counted(more, `more ${what}`)}.</p>`];
}
