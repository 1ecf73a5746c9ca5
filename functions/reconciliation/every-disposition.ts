import { MICROS_PER_HOUR, type Micros } from '../payment/time.ts';
import type { Books } from '../ports.ts';
import { lookAtPart, lookIntoExceptions, type MessageBounds, partsOfArchived } from './make-message-tables.ts';
import { ARCHIVE_TABLES, COMPARED_IN_PART, MESSAGE_TABLES, partsOf, WIDE_TABLES } from './message-tables.ts';
import { spanParameters } from './span.ts';

/** How old an archived message in no line may be before it is missing: as in the view. */
const ON_ITS_WAY = MICROS_PER_HOUR;
/** Before every time that we accept. */
const NEVER: Micros = 0;

/** All that the exceptions are: here they are one part of all messages already. */
const [WHOLE] = partsOf(1, 1);

/**
 * Keeps what became of every message under `name`, as the view `message_dispositions` says it: id, data's hash, disposition, and whether it
 * was published. The view works out all messages at once, and runs out of memory at ten million; this takes a part of them at a time the way
 * that exceptions take in a reconciliation. `inPart`: messages at a time, in place of the default.
 */
export async function keepEveryDisposition(books: Books, name: string, inPart: number = COMPARED_IN_PART): Promise<void> {
  const bounds = await boundsOfView(books);
  for (const [table, file] of ARCHIVE_TABLES) await books.materialise(table, file, bounds);
  for (const [number, part] of (await partsOfArchived(books, inPart)).entries()) {
    await books.materialise('reconcile_exceptions', 'jobs/verify/every-message.sql', part);
    await lookIntoExceptions(books, bounds);
    await lookAtPart(books, bounds, WHOLE);
    for (const [table, file] of WIDE_TABLES) await books.materialise(table, file);
    await books.materialise(name, 'jobs/verify/dispositions.sql', {}, number > 0 ? 'add' : undefined);
  }
  for (const [table] of MESSAGE_TABLES) await books.forget(table);
}

async function boundsOfView(books: Books): Promise<MessageBounds> {
  const [{ journaled_at }] = await books.query('jobs/verify/newest-line.sql');
  const newest = (journaled_at as Micros | null) ?? NEVER;
  return { ...spanParameters(null), is_behind: false, missing_before: { timestamp: newest - ON_ITS_WAY }, ahead_after: { timestamp: newest + ON_ITS_WAY } };
}
