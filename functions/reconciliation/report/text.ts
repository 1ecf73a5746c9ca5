import { grouped } from '../../figures.ts';
import { whatWasCompared } from './phrases.ts';
import { readableTime } from './printable.ts';
import type { Report } from './report.ts';
import { breaksByTypeText, breaksOneByOneText, conflictsText, rejectsText } from './text-breaks.ts';
import { heading, wrapped } from './text-layout.ts';
import { controlTotalsText, ledgerText } from './text-ledger.ts';
import { dispositionsText, duplicatesText, equationText, tieOutText } from './text-proof.ts';
import { republishedText } from './text-republished.ts';
import { type TextOptions, verdictText } from './text-verdict.ts';

/** Things to do on the first screen; the rest is in the table of breaks. */
const ACTIONS_ON_FIRST_SCREEN = 6;

/**
 * The whole report for a terminal, 100 columns (tables of money up to 120), in the order in which finance reads: the answer, what to
 * do, the books, what became of the messages, what is open, and last how the books came about and the proof line by line.
 */
export function renderText(report: Report, options: TextOptions = {}): string {
  const lines = [
    ...verdictText(report, options, { proven: proven(report) }),
    ...tieOutText(report),
    ...actionsText(report),
    ...controlTotalsText(report.ledger),
    ...dispositionsText(report),
    ...duplicatesText(report),
    ...breaksByTypeText(report),
    ...conflictsText(report),
    ...rejectsText(report),
    ...breaksOneByOneText(report),
    ...republishedText(report),
    ...ledgerText(report.ledger),
    ...equationText(report),
  ];
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n').trimEnd()}\n`;
}

function proven({ proof }: Report): string {
  if (proof === null) return '';
  return `Proven at ${readableTime(proof.reconciled_at)} (reconciliation ${proof.reconciliation}, up to posting run ${proof.posting_run}). Compared: ${whatWasCompared(proof)}`;
}

function actionsText({ actions }: Report): string[] {
  const shown = actions.slice(0, ACTIONS_ON_FIRST_SCREEN);
  const more = actions.length - shown.length;
  return [
    ...heading('What to do'),
    ...(actions.length === 0 ? ['  Nothing.'] : []),
    ...shown.flatMap(({ severity, what, next_step }, place) => wrapped(`${place + 1}. ${severity}: ${what}. ${next_step}`, '  ', '     ')),
    ...(more > 0 ? [`  And ${grouped(more)} more: see "Breaks by type and age".`] : []),
  ];
}
