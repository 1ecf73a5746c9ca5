import type { SqlRow } from '../../ports.ts';
import { toUnits } from './decimal.ts';
import { countOf, textOf } from './rows.ts';
import { DISPOSITIONS, type Disposition } from './words.ts';

/** Messages and their money, exact: integers of 10⁻⁹ major units. */
export interface Sum {
  readonly messages: number;
  readonly gross: bigint;
  readonly net: bigint;
}

export const NOTHING: Sum = { messages: 0, gross: 0n, net: 0n };

/** The sum of two sums, exact. */
export function addUp(left: Sum, right: Sum): Sum {
  return { messages: left.messages + right.messages, gross: left.gross + right.gross, net: left.net + right.net };
}

/** The sum of the rows of `reconciliation_totals` with this disposition. */
export function sumOf(rows: readonly SqlRow[], disposition: Disposition | 'published'): Sum {
  return rows
    .filter((row) => textOf(row, 'disposition') === disposition)
    .map((row) => ({ messages: countOf(row, 'messages'), gross: toUnits(textOf(row, 'gross')), net: toUnits(textOf(row, 'net')) }))
    .reduce(addUp, NOTHING);
}

/** published − all dispositions, the missing ones included: what the proof leaves unexplained. */
export function differenceOf(rows: readonly SqlRow[]): Sum {
  return DISPOSITIONS.map((disposition) => sumOf(rows, disposition)).reduce(
    (left, sum) => addUp(left, { messages: -sum.messages, gross: -sum.gross, net: -sum.net }),
    sumOf(rows, 'published'),
  );
}

/** True where neither a message nor money is left; money that cancels out to a net of 0 is something. */
export function isNothing(sum: Sum): boolean {
  return sum.messages === 0 && sum.gross === 0n && sum.net === 0n;
}
