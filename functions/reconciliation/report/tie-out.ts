import { decimalText, toUnits } from './decimal.ts';
import type { ProofLine } from './proof-part.ts';

/** The equation of the first screen, gross: published − posted − set aside = unexplained. */
export interface TieOut {
  readonly published: string;
  readonly posted: string;
  /** Duplicates, conflicts, rejected and pending: not in the ledger, each for a reason that the report names. */
  readonly set_aside: string;
  /** Missing messages, and whatever else the proof leaves over. */
  readonly unexplained: string;
}

/** Takes a currency's full proof together into four figures. */
export function tieOut(line: ProofLine): TieOut {
  const sum = (amounts: readonly { gross: string }[]) => decimalText(amounts.reduce((total, { gross }) => total + toUnits(gross), 0n), line.currency);
  return {
    published: line.published.gross,
    posted: line.posted.gross,
    set_aside: sum([line.duplicate, line.conflict, line.rejected, line.pending]),
    unexplained: sum([line.missing, line.difference]),
  };
}
