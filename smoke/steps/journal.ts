import { counted } from '../../functions/figures.ts';
import { withoutLine } from '../facts/judge-journal.ts';
import { type Line, lineOf } from '../facts/lines.ts';
import { LOOK_EVERY_MILLISECONDS } from '../limits.ts';
import { smokeSql } from '../sql-file.ts';
import type { Published } from '../traffic/sent.ts';
import { type Waited, waitUntil } from '../wait.ts';
import { type Around, spanOf } from './around.ts';

/** The lines of these messages, as they are now. */
export async function readLines(around: Around, published: readonly Published[]): Promise<Line[]> {
  return (await around.stack.books.query(smokeSql('lines'), spanOf(around, published))).map(lineOf);
}

/** Waits until each message has a line; `first` takes the first look at each line. */
export function untilJournaled(around: Around, published: readonly Published[], first: Map<string, Line>): Promise<Waited<Line[]>> {
  return waitUntil({
    look: async () => {
      const lines = await readLines(around, published);
      for (const line of lines) if (!first.has(line.message_id)) first.set(line.message_id, line);
      return lines;
    },
    isDone: (lines) => withoutLine(published, lines).length === 0,
    progress: (lines) => around.progress(`${published.length - withoutLine(published, lines).length} of ${counted(published.length, 'message')} have a line in the journal`),
    most: around.most,
    every: LOOK_EVERY_MILLISECONDS,
  });
}
