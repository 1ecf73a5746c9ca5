import type { JournalLine } from '../../pipeline/journal-line.ts';
import { rejectedInstead } from './rejected-instead.ts';
import { JournalError, type RowStore } from './row-store.ts';
import { writeRows } from './write-rows.ts';

/** A line and the row that it became. */
export interface Encoded<Row> {
  readonly line: JournalLine;
  readonly row: Row;
}

/** What became of a line: null when it, or its *rejected* stand-in, is durable. */
export type LineResult = Error | null;

/**
 * Writes lines, and for those that the store refuses for their content the *rejected* stand-ins. Each line is told as soon as it is
 * settled: its neighbours don't wait for a stand-in. Where even that is refused, it isn't the content, and the line has failed. Ends when
 * `signal` aborts, and tells no more.
 */
export async function writeOrReject<Row>(lines: readonly Encoded<Row>[], store: RowStore<Row>, tell: (place: number, result: LineResult) => void, signal: AbortSignal): Promise<void> {
  const insert: RowStore<Row>['insert'] = (rows, until) => store.insert(rows, until);
  const refused: number[] = [];
  await writeRows(lines.map(({ row }) => row), insert, (place, result) => {
    if (result === 'refused') refused.push(place);
    else tell(place, result === 'written' ? null : result);
  }, signal);
  const instead = refused.map((place) => store.encode(rejectedInstead(lines[place].line)));
  await writeRows(instead, insert, (index, result) => {
    tell(refused[index], result === 'written' ? null : result === 'refused' ? new JournalError('stand_in_refused') : result);
  }, signal);
}
