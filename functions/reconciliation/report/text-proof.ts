import { MAX_AMOUNT_ROWS } from './bounds.ts';
import { grouped } from './decimal.ts';
import { STEPS } from './phrases.ts';
import type { ProofLine } from './proof-part.ts';
import type { Report } from './report.ts';
import { heading, textTable, wrapped } from './text-layout.ts';
import { counted } from './words.ts';

/** What became of every message. */
export function dispositionsText({ proof }: Report): string[] {
  if (proof === null) return [];
  const rows = proof.dispositions.map(({ disposition, messages, share, meaning }) => [disposition, grouped(messages), share === null ? '' : `${share} %`, meaning]);
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
    ...textTable([{ title: 'currency' }, { title: 'copies', figures: true }, { title: 'gross', figures: true }, { title: 'net', figures: true }], rows),
  ];
}

/** The whole equation, currency by currency, in messages, gross and net. */
export function equationText({ proof }: Report): string[] {
  if (proof === null) return [];
  const shown = proof.currencies.slice(0, MAX_AMOUNT_ROWS);
  const more = proof.currencies.length - shown.length;
  return [
    ...heading('The proof, currency by currency'),
    ...wrapped('Published is read from the archive of what producers sent, posted from the ledger. The difference is what is left when missing is taken away too: it must be 0.'),
    ...shown.flatMap(equationOf),
    ...(more > 0 ? ['', `  And ${counted(more, 'more currency', 'more currencies')}.`] : []),
  ];
}

function equationOf(line: ProofLine): string[] {
  const rows = STEPS.map(([step, title]) => [title, grouped(line[step].messages), grouped(line[step].gross), grouped(line[step].net)]);
  const differing = line.kinds_that_differ.map(({ kind, messages, gross, net }) =>
    `Differs in ${kind}: ${grouped(messages)} messages, gross ${grouped(gross)}, net ${grouped(net)}.`);
  return [
    '',
    ...textTable([{ title: line.currency }, { title: 'messages', figures: true }, { title: 'gross', figures: true }, { title: 'net', figures: true }], rows),
    ...differing.flatMap((text) => wrapped(text)),
  ];
}
