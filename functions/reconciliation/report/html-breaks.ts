import { grouped, money, readableAge } from '../../figures.ts';
import { MAX_BREAKS_IN_HTML } from './bounds.ts';
import type { BreakGroup, ReportBreak } from './breaks-part.ts';
import type { Conflict } from './conflicts-part.ts';
import { moreHtml } from './html-ledger.ts';
import { html, type Markup, nothing, withCode } from './html-markup.ts';
import { htmlTable } from './html-table.ts';
import { atStake, conflictRow, exampleOf, firstOf, republishedRow, whatCounts } from './phrases.ts';
import { readableTime } from './printable.ts';
import type { Report } from './report.ts';

const AGE_TITLES = ['0–1 days', '2–7 days', '8–30 days', 'over 30 days', 'age unknown'];

/** Breaks by type and age, then one by one, each with an anchor of its own (`#break-…`). */
export function breaksHtml({ breaks }: Report): Markup[] {
  if (breaks.by_type.length === 0) return [];
  const shown = firstOf(breaks.list, MAX_BREAKS_IN_HTML);
  const columns = [{ title: 'break', text: true }, { title: 'severity' }, ...['all', ...AGE_TITLES].map((title) => ({ title, figures: true })), { title: 'money at stake', text: true }];
  return [
    htmlTable('Breaks by type and age', columns, breaks.by_type.map((group) => ({
      cells: [
        html`<span id="breaks-${group.break_type}">${group.title}</span> (${group.break_type})`, severityHtml(group),
        grouped(group.breaks), ...group.ages.map((age) => grouped(age.breaks)), atStake(group),
      ],
    }))),
    html`<h3>One by one</h3>`,
    ...shown.items.map(breakHtml),
    ...moreHtml(shown, 'break'),
  ];
}

function breakHtml(found: ReportBreak): Markup {
  const anchor = anchorOf(found.break_id);
  return html`<article id="${anchor}" aria-labelledby="${anchor}-title">
<h3 id="${anchor}-title">${severityHtml(found)}: ${found.title}, ${found.amount === null ? 'amount unknown' : money(found.amount, found.currency ?? '(currency unknown)')}</h3>
<p>${found.detail}</p>
<p><strong>Next:</strong> ${withCode(found.next_step)}</p>
<p>${found.transaction_id === null ? nothing : html`Transaction ${found.transaction_id}. `}${found.message_id === null ? nothing : html`Message ${found.message_id}. `}Open for ${readableAge(found.age_days)}${found.since === null ? nothing : html`, since ${readableTime(found.since)}`}. <a href="#${anchor}">Break ${found.break_id}</a></p>
</article>`;
}

/** The anchor of a break: its id, with what a fragment can't hold turned to `-`. */
function anchorOf(break_id: string): string {
  return `break-${break_id.replace(/[^A-Za-z0-9_-]/g, '-')}`;
}

function severityHtml({ severity }: Pick<BreakGroup, 'severity'>): Markup {
  return html`<span class="${severity}">${severity}</span>`;
}

/** Open conflicts field by field. */
export function conflictsHtml({ conflicts }: Report): Markup[] {
  if (conflicts.items.length === 0) return [];
  return [...conflicts.items.map(conflictHtml), ...moreHtml(conflicts, 'conflict')];
}

function conflictHtml(conflict: Conflict): Markup {
  const name = `transaction ${conflict.transaction_id ?? 'unknown'}, message ${conflict.message_id ?? 'unknown'}`;
  const rows = conflict.fields.map((field) => ({ cells: conflictRow(field) }));
  return html`<article>
<p>Open for ${readableAge(conflict.age_days)}. ${whatCounts(conflict)}</p>
${rows.length === 0 ? html`<p>Conflict: ${name}</p>` : htmlTable(`Conflict: ${name}`, [{ title: 'field' }, { title: 'in the ledger', text: true }, { title: 'in this copy', text: true }], rows)}
</article>`;
}

/** Rejected messages by fault, with an example and the fix. */
export function rejectsHtml({ rejects }: Report): Markup[] {
  if (rejects.items.length === 0) return [];
  const rows = rejects.items.map((group) => ({ cells: [group.code, grouped(group.messages), exampleOf(group), group.example.fix ?? ''] }));
  return [
    htmlTable('Rejected messages that wait for a person', [{ title: 'fault' }, { title: 'messages', figures: true }, { title: 'oldest example', text: true }, { title: 'fix', text: true }], rows),
    ...moreHtml(rejects, 'fault'),
  ];
}

/** Missing messages that were published again. */
export function republishedHtml({ republished }: Report): Markup[] {
  if (republished.items.length === 0) return [];
  const columns = [{ title: 'message', text: true }, { title: 'last at' }, { title: 'times', figures: true }, { title: 'since then', text: true }];
  return [htmlTable('Published again as they were; each counts once', columns, republished.items.map((one) => ({ cells: republishedRow(one) }))), ...moreHtml(republished, 'message')];
}
