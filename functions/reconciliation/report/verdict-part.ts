import { counted } from '../../figures.ts';
import type { SqlRow } from '../../ports.ts';
import type { ProofPart } from './proof-part.ts';
import { countOf, textOf } from './rows.ts';

export const VERDICTS = ['incomplete', 'breaks', 'pending', 'reconciled'] as const;
export type Verdict = (typeof VERDICTS)[number] | 'not_reconciled';

/** The answer, first of all. */
export interface ReportVerdict {
  readonly verdict: Verdict;
  /** Whether the money ties out, in one plain sentence. */
  readonly headline: string;
  /** Why the verdict is as it is, in one sentence. */
  readonly reason: string;
  readonly reconciled_at: string | null;
  readonly errors: number;
  readonly warnings: number;
  /** Posting runs that came after this proof, and that it therefore says nothing about. */
  readonly posting_runs_since: number;
}

/** The verdict of the last reconciliation, or that there is none. */
export function readVerdict(run: SqlRow | null, proof: ProofPart | null, posting_runs_since: number): ReportVerdict {
  if (run === null || proof === null) {
    return {
      verdict: 'not_reconciled',
      headline: 'Nothing is proven yet.',
      reason: 'No reconciliation has run.',
      reconciled_at: null,
      errors: 0,
      warnings: 0,
      posting_runs_since,
    };
  }
  const verdict = known(textOf(run, 'verdict'));
  const errors = countOf(run, 'errors');
  return {
    verdict,
    headline: headline(verdict, proof, errors),
    reason: textOf(run, 'reason'),
    reconciled_at: proof.reconciled_at,
    errors,
    warnings: countOf(run, 'warnings'),
    posting_runs_since,
  };
}

function known(verdict: string): Verdict {
  const found = VERDICTS.find((name) => name === verdict);
  if (found === undefined) throw new TypeError(`a reconciliation has the verdict ${verdict}, which is none of ${VERDICTS.join(', ')}`);
  return found;
}

/** Money first: a break that moves no money must not read as if money were lost, and the reverse. */
function headline(verdict: Verdict, proof: ProofPart, errors: number): string {
  const differing = proof.currencies.filter((line) => !line.ties_out).map((line) => line.currency);
  const lost = proof.money_unreadable.some(({ disposition }) => disposition === 'missing');
  if (verdict === 'incomplete') return 'Not proven: the input is not complete.';
  if (differing.length > 0) return `The money does not tie out in ${firstNames(differing)}.`;
  if (lost) return 'Messages are missing, and their money is unknown.';
  if (verdict === 'breaks') return `Published money is accounted for, but ${counted(errors, 'break needs', 'breaks need')} a person.`;
  if (verdict === 'pending') return 'The money ties out so far. Some payments still wait to be posted.';
  return 'The money ties out.';
}

/** Currencies named in the headline. Prevents a fault in all of them from making it a page long. */
const MAX_NAMED = 6;

function firstNames(names: readonly string[]): string {
  return names.length <= MAX_NAMED ? names.join(', ') : `${names.slice(0, MAX_NAMED).join(', ')} and ${counted(names.length - MAX_NAMED, 'more currency', 'more currencies')}`;
}
