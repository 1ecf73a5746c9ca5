import { breaksHtml, conflictsHtml, rejectsHtml, republishedHtml } from './html-breaks.ts';
import { controlTotalsHtml, ledgerHtml } from './html-ledger.ts';
import { html, type Markup, nothing, withCode } from './html-markup.ts';
import { dispositionsHtml, duplicatesHtml, equationHtml, tieOutHtml } from './html-proof.ts';
import { STYLE } from './html-style.ts';
import { htmlSection } from './html-table.ts';
import { republishedTitle, stateOfDay, whatWasCompared } from './phrases.ts';
import { readableTime } from './printable.ts';
import type { Report } from './report.ts';

/** A part of the page: where the navigation leads to, its heading, and what it holds (empty: left out). */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: readonly Markup[];
}

/** The report as one HTML file that needs nothing else: no script, no font, no picture. The answer stands first, in words. */
export function renderHtml(report: Report): string {
  const parts = partsOf(report).filter((part) => part.content.length > 0);
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${titleOf(report)}: ${wordsOf(report)}</title>
${STYLE}
</head>
<body>
<header>
<h1>${titleOf(report)}</h1>
${verdictHtml(report)}
</header>
<nav aria-label="Parts of this report"><ul>
${parts.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
</ul></nav>
<main>
${parts.map(({ id, title, content }) => htmlSection(id, title, content))}
</main>
<footer><p>Ages are counted up to ${readableTime(report.generated_at)}. Times are UTC. Amounts are in major units, exact, never rounded.</p></footer>
</body>
</html>
`.text;
}

function partsOf(report: Report): Part[] {
  const { booking_date } = report.ledger;
  const days = booking_date === null ? 'all booking days' : `booking day ${booking_date}`;
  return [
    { id: 'tie-out', title: 'Does the money tie out?', content: tieOutHtml(report) },
    { id: 'actions', title: 'What to do', content: [actionsHtml(report)] },
    { id: 'totals', title: `The ledger, ${days}`, content: controlTotalsHtml(report.ledger) },
    { id: 'dispositions', title: 'What was done with every message', content: dispositionsHtml(report) },
    { id: 'duplicates', title: 'Money that duplicates would have counted twice', content: duplicatesHtml(report) },
    { id: 'breaks', title: 'Breaks', content: breaksHtml(report) },
    { id: 'conflicts', title: 'Open conflicts, field by field', content: conflictsHtml(report) },
    { id: 'rejects', title: 'Rejected messages by fault', content: rejectsHtml(report) },
    { id: 'republished', title: republishedTitle(report.republished), content: republishedHtml(report) },
    { id: 'ledger', title: `How the ledger came about, ${days}`, content: ledgerHtml(report.ledger) },
    { id: 'proof', title: 'The proof, currency by currency', content: equationHtml(report) },
  ];
}

function titleOf({ date }: Report): string {
  return date === null ? 'Payments report, all booking days' : `Payments report, booking day ${date}`;
}

function wordsOf({ verdict }: Report): string {
  return verdict.verdict.replace('_', ' ');
}

function verdictHtml(report: Report): Markup {
  const { verdict, proof } = report;
  const day = stateOfDay(report);
  return html`<div class="verdict ${verdict.verdict}">
<p class="answer">Verdict: ${wordsOf(report)}. ${verdict.headline}</p>
<p>${verdict.reason}</p>
${proof === null ? nothing : html`<p>Proven at ${readableTime(proof.reconciled_at)} (reconciliation ${proof.reconciliation}, up to posting run ${proof.posting_run}). Compared: ${whatWasCompared(proof)}</p>`}
${day === '' ? nothing : html`<p>${day}</p>`}
</div>`;
}

function actionsHtml({ actions }: Report): Markup {
  if (actions.length === 0) return html`<p>Nothing.</p>`;
  return html`<ol>
${actions.map(({ severity, what, next_step, break_type }) =>
    html`<li><span class="${severity}">${severity}:</span> ${break_type === null ? html`${what}` : html`<a href="#breaks-${break_type}">${what}</a>`}. ${withCode(next_step)}</li>`)}
</ol>`;
}
