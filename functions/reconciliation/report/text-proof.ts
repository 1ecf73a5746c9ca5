import { counted, grouped, percent } from '../../figures.ts';
import { MAX_AMOUNT_ROWS } from './bounds.ts';
import { isZero } from './decimal.ts';
import { STEPS, unreadableMoney } from './phrases.ts';
import type { ProofLine } from './proof-part.ts';
import type { Amounts } from './amounts.ts';
import type { Report } from './report.ts';
import { heading, MONEY_WIDTH, textTable, wrapped } from './text-layout.ts';
import { tieOut } from './tie-out.ts';

/** The equation of each currency in one line. */
export function tieOutText({ proof }: Report): string[] {
  if (proof === null) return [];
  const unreadable = unreadableMoney(proof);
  const lines = [...(proof.currencies.length === 0 ? [] : tieOutTable(proof.currencies)), ...(unreadable === null ? [] : wrapped(unreadable))];
  return lines.length === 0 ? [] : [...heading('Does the money tie out?'), ...lines];
}

/** The lines of some currencies, gross, with what their columns mean. */
export function tieOutTable(currencies: readonly ProofLine[]): string[] {
  const rows = currencies.map((line) => {
    const { published, posted, set_aside, unexplained } = tieOut(line);
    return [line.currency, ...[published, posted, set_aside, unexplained].map(grouped), line.ties_out ? 'yes' : 'NO'];
  });
  const figures = ['published', '− posted', '− set aside', '= unexplained'].map((title) => ({ title, figures: true }));
  return [
    ...textTable([{ title: 'currency' }, ...figures, { title: 'ties out' }], rows, { width: MONEY_WIDTH }),
    ...wrapped('Posted: in the ledger, counted once. Set aside: duplicates, conflicts, rejected and pending, all listed below.'),
  ];
}

/** What became of every message. */
export function dispositionsText({ proof }: Report): string[] {
  if (proof === null) return [];
  const rows = proof.dispositions.map(({ disposition, messages, share, meaning }) => [disposition, grouped(messages), percent(share), meaning]);
  return [
    ...heading(`What was done with every message (${grouped(proof.messages_published)} published)`),
    ...textTable([{ title: 'disposition' }, { title: 'messages', figures: true }, { title: 'share', figures: true }, { title: 'what it means' }], rows),
  ];
}

/** Money that would be in the books twice if every copy counted. */
export function duplicatesText({ proof }: Report): string[] {
  if (proof === null || proof.duplicates_kept_out.length === 0) return [];
  const rows = proof.duplicates_kept_out.map(({ currency, messages, gross, net }) => [currency, grouped(messages), grouped(gross), grouped(net)]);
  return [
    ...heading('Money that duplicates would have counted twice'),
    ...textTable([{ title: 'currency' }, { title: 'copies', figures: true }, { title: 'gross', figures: true }, { title: 'net', figures: true }], rows, { width: MONEY_WIDTH }),
  ];
}

/** The whole equation, currency by currency, in messages, gross and net. */
export function equationText({ proof }: Report): string[] {
  if (proof === null) return [];
  const shown = proof.currencies.slice(0, MAX_AMOUNT_ROWS);
  const more = proof.currencies.length - shown.length;
  return [
    ...heading('The proof, currency by currency'),
    ...wrapped('Published is read from the archive of what producers sent, posted from the ledger. The difference is what is left when missing is taken away too: it must be 0. Steps without a message are left out.'),
    ...shown.flatMap(equationOf),
    ...(more > 0 ? ['', `  And ${counted(more, 'more currency', 'more currencies')}.`] : []),
  ];
}

const ALWAYS_SHOWN: ReadonlySet<string> = new Set(['published', 'posted', 'difference']);

function isNone({ messages, gross, net }: Amounts): boolean {
  return messages === 0 && isZero(gross) && isZero(net);
}

function equationOf(line: ProofLine): string[] {
  const rows = STEPS.filter(([step]) => ALWAYS_SHOWN.has(step) || !isNone(line[step])).map(([step, title]) => [title, grouped(line[step].messages), grouped(line[step].gross), grouped(line[step].net)]);
  const differing = line.kinds_that_differ.map(({ kind, messages, gross, net }) =>
    `Differs in ${kind}: ${counted(messages, 'message')}, gross ${grouped(gross)}, net ${grouped(net)}.`);
  return [
    '',
    ...textTable([{ title: line.currency }, { title: 'messages', figures: true }, { title: 'gross', figures: true }, { title: 'net', figures: true }], rows, { width: MONEY_WIDTH }),
    ...differing.flatMap((text) => wrapped(text)),
  ];
}
