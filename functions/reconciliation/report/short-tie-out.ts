import { counted } from '../../figures.ts';
import { SHORT_DIFFERENCES } from './bounds.ts';
import { firstOf } from './phrases.ts';
import type { ProofPart } from './proof-part.ts';
import type { Report } from './report.ts';
import { shortHeading } from './short-heading.ts';
import { wrapped } from './text-layout.ts';
import { moreLine } from './text-ledger.ts';
import { tieOutTable } from './text-proof.ts';
import type { TextOptions } from './text-verdict.ts';

/** Does the money tie out? One line where it does in all currencies, else a line for each in which it doesn't. */
export function shortTieOut({ proof }: Report, options: TextOptions): string[] {
  if (proof === null || proof.messages_published === 0) return [];
  return [shortHeading('Does the money tie out?', options), ...answer(proof), ...unreadable(proof)];
}

function answer({ currencies }: ProofPart): string[] {
  const differing = firstOf({ items: currencies.filter((line) => !line.ties_out), more: 0 }, SHORT_DIFFERENCES);
  const wrong = differing.items.length + differing.more;
  const right = currencies.length - wrong;
  const inWords = counted(right, 'currency', 'currencies');
  if (wrong === 0) {
    return wrapped(`Yes: published − in the ledger − set aside = 0 in ${right === 1 ? '' : 'each of '}${inWords}. Set aside are duplicates, conflicts, rejected and pending messages: see below.`);
  }
  return [
    ...wrapped(`NO, it does not in ${counted(wrong, 'currency', 'currencies')}:`),
    ...tieOutTable(differing.items),
    ...moreLine(differing, 'currency', 'currencies'),
    ...(right === 0 ? [] : wrapped(`${right === 1 ? 'The other one ties' : `The other ${inWords} tie`} out to 0.`)),
  ];
}

/** The money of these is in no figure. */
function unreadable({ money_unreadable }: ProofPart): string[] {
  const messages = money_unreadable.reduce((sum, group) => sum + group.messages, 0);
  if (messages === 0) return [];
  const dispositions = money_unreadable.map(({ disposition }) => disposition).join(', ');
  return wrapped(`${counted(messages, 'further message')} (${dispositions}) without a readable amount: money unknown, not zero.`);
}
