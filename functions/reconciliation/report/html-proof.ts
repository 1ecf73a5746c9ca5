import { counted, grouped, percent } from '../../figures.ts';
import { html, type Markup } from './html-markup.ts';
import { htmlTable } from './html-table.ts';
import { STEPS, unreadableMoney } from './phrases.ts';
import type { ProofLine, ProofPart } from './proof-part.ts';
import type { Report } from './report.ts';
import { tieOut } from './tie-out.ts';

const figures = (titles: readonly string[]) => titles.map((title) => ({ title, figures: true }));

/** The equation of each currency in one line. */
export function tieOutHtml({ proof }: Report): Markup[] {
  if (proof === null) return [];
  const unreadable = unreadableMoney(proof);
  return [...tieOutTable(proof), ...(unreadable === null ? [] : [html`<p>${unreadable}</p>`])];
}

function tieOutTable(proof: ProofPart): Markup[] {
  if (proof.currencies.length === 0) return [];
  const rows = proof.currencies.map((line) => {
    const { published, posted, set_aside, unexplained } = tieOut(line);
    const answer = line.ties_out ? html`<span class="yes">yes</span>` : html`<span class="no">no</span>`;
    return { cells: [line.currency, ...[published, posted, set_aside, unexplained].map(grouped), answer] };
  });
  return [
    htmlTable('Published money against the ledger, gross', [{ title: 'currency' }, ...figures(['published', '− posted', '− set aside', '= unexplained']), { title: 'ties out' }], rows),
    html`<p>Posted: in the ledger, counted once. Set aside: duplicates, conflicts, rejected and pending, all listed below.</p>`,
  ];
}

/** What became of every message. */
export function dispositionsHtml({ proof }: Report): Markup[] {
  if (proof === null) return [];
  const rows = proof.dispositions.map(({ disposition, messages, share, meaning }) => ({ cells: [disposition, grouped(messages), percent(share), meaning] }));
  const published = { cells: ['published', grouped(proof.messages_published), '', 'All messages that producers sent, as archived.'], sum: true };
  return [htmlTable('Messages by disposition', [{ title: 'disposition' }, ...figures(['messages', 'share']), { title: 'what it means' }], [...rows, published])];
}

/** Money that would be in the books twice if every copy counted. */
export function duplicatesHtml({ proof }: Report): Markup[] {
  if (proof === null || proof.duplicates_kept_out.length === 0) return [];
  const rows = proof.duplicates_kept_out.map(({ currency, messages, gross, net }) => ({ cells: [currency, grouped(messages), grouped(gross), grouped(net)] }));
  return [htmlTable('Copies that were not counted again', [{ title: 'currency' }, ...figures(['copies', 'gross', 'net'])], rows)];
}

/** The whole equation, a table for each currency. */
export function equationHtml({ proof }: Report): Markup[] {
  if (proof === null) return [];
  return [
    html`<p>Published is read from the archive of what producers sent, posted from the ledger. The difference is what is left when missing is taken away too.</p>`,
    ...proof.currencies.map(equationOf),
  ];
}

function equationOf(line: ProofLine): Markup {
  const rows = STEPS.map(([step, title]) => ({
    cells: [title, grouped(line[step].messages), grouped(line[step].gross), grouped(line[step].net)],
    sum: step === 'missing' || step === 'difference',
  }));
  const differing = line.kinds_that_differ.map(({ kind, messages, gross, net }) =>
    html`<p class="no">Differs in ${kind}: ${counted(messages, 'message')}, gross ${grouped(gross)}, net ${grouped(net)}.</p>`);
  return html`${htmlTable(`The proof in ${line.currency}`, [{ title: 'step' }, ...figures(['messages', 'gross', 'net'])], rows)}
${differing}`;
}
