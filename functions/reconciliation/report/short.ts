import { grouped, percent } from '../../figures.ts';
import { SHORT_DUPLICATES } from './bounds.ts';
import { firstOf, whatWasCompared } from './phrases.ts';
import { readableTime } from './printable.ts';
import type { Report } from './report.ts';
import { openText } from './short-open.ts';
import { shortHeading } from './short-heading.ts';
import { shortTieOut } from './short-tie-out.ts';
import { shortTotals } from './short-totals.ts';
import { aligned } from './text-layout.ts';
import { moreLine } from './text-ledger.ts';
import { type TextOptions, verdictText } from './text-verdict.ts';

/**
 * The report on about one screen, however long the books are: the answer, the books by currency, what became of every message, what
 * duplicates would have cost, and what is open. Everything that it cuts it counts; the whole of it stands in the other formats.
 */
export function renderShort(report: Report, options: TextOptions = {}): string {
  const parts = [
    verdictText(report, options, whenAndWhat(report)),
    shortTieOut(report, options),
    shortTotals(report, options),
    shortDispositions(report, options),
    shortDuplicates(report, options),
    ...openText(report, options),
  ];
  return `${parts.filter((part) => part.length > 0).map((part) => part.join('\n')).join('\n\n')}\n`;
}

function whenAndWhat({ proof }: Report): { readonly asOf?: string; readonly proven?: string } {
  if (proof === null) return {};
  const asOf = `, proven as of ${readableTime(proof.reconciled_at)}`;
  return proof.published_from === null ? { asOf } : { asOf, proven: `Compared: ${whatWasCompared(proof)}` };
}

function shortDispositions({ proof }: Report, options: TextOptions): string[] {
  if (proof === null) return [];
  const rows = proof.dispositions.map(({ disposition, messages, share, meaning }) => [disposition, grouped(messages), percent(share), meaning]);
  const columns = [{ title: '' }, { title: '', figures: true }, { title: '', figures: true }, { title: '' }];
  return [shortHeading(`What became of ${proof.messages_published === 1 ? 'the 1 message that was' : `each of the ${grouped(proof.messages_published)} messages that were`} published`, options), ...aligned(columns, rows).lines];
}

function shortDuplicates({ proof }: Report, options: TextOptions): string[] {
  if (proof === null || proof.duplicates_kept_out.length === 0) return [];
  const sorted = proof.duplicates_kept_out.toSorted((left, right) => right.messages - left.messages);
  const shown = firstOf({ items: sorted, more: 0 }, SHORT_DUPLICATES);
  const rows = shown.items.map(({ currency, messages, gross, net }) => [currency, grouped(messages), grouped(gross), grouped(net)]);
  const { titles, lines } = aligned([{ title: '' }, ...['copies', 'gross', 'net'].map((title) => ({ title, figures: true }))], rows);
  return [shortHeading('Money that duplicates would have counted twice', options), titles, ...lines, ...moreLine(shown, 'currency', 'currencies')];
}
