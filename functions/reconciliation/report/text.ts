import { grouped } from './decimal.ts';
import { readableTime } from './printable.ts';
import { stateOfDay, unreadableMoney } from './phrases.ts';
import type { ProofPart } from './proof-part.ts';
import type { Report } from './report.ts';
import { breaksText, conflictsText, rejectsText } from './text-breaks.ts';
import { heading, textTable, wrapped } from './text-layout.ts';
import { ledgerText } from './text-ledger.ts';
import { dispositionsText, duplicatesText, equationText } from './text-proof.ts';
import { tieOut } from './tie-out.ts';

/** `color`: the output is a terminal that shows ANSI colours. Words say the same without it. */
export interface TextOptions {
  readonly color?: boolean;
}

const GREEN = 32;
const YELLOW = 33;
const RED = 31;
const COLOR_OF_VERDICT = { reconciled: GREEN, pending: YELLOW, incomplete: RED, breaks: RED, not_reconciled: YELLOW } as const;
/** Things to do on the first screen; the rest is in the table of breaks. */
const ACTIONS_ON_FIRST_SCREEN = 6;

/** The report for a terminal, up to 100 columns: the answer first, then what to do, then the books, then the proof line by line. */
export function renderText(report: Report, options: TextOptions = {}): string {
  const lines = [
    ...verdictText(report, options.color === true),
    ...tieOutText(report),
    ...actionsText(report),
    ...dispositionsText(report),
    ...duplicatesText(report),
    ...breaksText(report),
    ...conflictsText(report),
    ...rejectsText(report),
    ...ledgerText(report.ledger),
    ...equationText(report),
  ];
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n').trimEnd()}\n`;
}

function verdictText(report: Report, color: boolean): string[] {
  const { verdict, proof, date } = report;
  const day = stateOfDay(report);
  const name = verdict.verdict.replace('_', ' ').toUpperCase();
  const shown = color ? `\u001b[1;${COLOR_OF_VERDICT[verdict.verdict]}m${name}\u001b[0m` : name;
  const proven = proof === null ? [] : wrapped(
    `Proven at ${readableTime(proof.reconciled_at)} (reconciliation ${proof.reconciliation}, up to posting run ${proof.posting_run}): all messages, all days.`,
  );
  return [
    date === null ? 'Payments report, all booking days' : `Payments report, booking day ${date}`,
    '',
    `  ${shown}: ${verdict.headline}`,
    ...wrapped(verdict.reason),
    ...proven,
    ...(day === '' ? [] : wrapped(day)),
  ];
}

function tieOutText({ proof }: Report): string[] {
  if (proof === null) return [];
  const unreadable = unreadableMoney(proof);
  const lines = [...tieOutTable(proof), ...(unreadable === null ? [] : wrapped(unreadable))];
  return lines.length === 0 ? [] : [...heading('Does the money tie out?'), ...lines];
}

function tieOutTable(proof: ProofPart): string[] {
  if (proof.currencies.length === 0) return [];
  const rows = proof.currencies.map((line) => {
    const { published, posted, set_aside, unexplained } = tieOut(line);
    return [line.currency, ...[published, posted, set_aside, unexplained].map(grouped), line.ties_out ? 'yes' : 'NO'];
  });
  const figures = ['published', '− posted', '− set aside', '= unexplained'].map((title) => ({ title, figures: true }));
  return [
    ...textTable([{ title: 'currency' }, ...figures, { title: 'ties out' }], rows),
    ...wrapped('Posted: in the ledger, counted once. Set aside: duplicates, conflicts, rejected and pending, all listed below.'),
  ];
}

function actionsText({ actions }: Report): string[] {
  const shown = actions.slice(0, ACTIONS_ON_FIRST_SCREEN);
  const more = actions.length - shown.length;
  return [
    ...heading('What to do'),
    ...(actions.length === 0 ? ['  Nothing.'] : []),
    ...shown.flatMap(({ severity, what, next_step }, place) => wrapped(`${place + 1}. ${severity}: ${what}. ${next_step}`, '  ', '     ')),
    ...(more > 0 ? [`  And ${more} more: see "Breaks by type and age".`] : []),
  ];
}
