import type { Books } from '../ports.ts';
import { lookIntoExceptions, partsOfArchived } from './make-message-tables.ts';
import { ARCHIVE_TABLES, BOUNDS_OF_ALL, COMPARED_IN_PART, MESSAGE_TABLES, WIDE_TABLES } from './message-tables.ts';
import { spanParameters } from './span.ts';

/**
 * Keeps what became of every message under `name`, as the view `message_dispositions` says it: id, data's hash, disposition, and whether it
 * was published. The view works out all messages at once, and runs out of memory at ten million; this takes a part of them at a time the way
 * that exceptions take in a reconciliation. `inPart`: messages at a time, in place of the default.
 */
export async function keepEveryDisposition(books: Books, name: string, inPart: number = COMPARED_IN_PART): Promise<void> {
  const bounds = spanParameters(null);
  await books.materialise('reconcile_bounds', BOUNDS_OF_ALL);
  for (const [table, file] of ARCHIVE_TABLES) await books.materialise(table, file, bounds);
  for (const [number, part] of (await partsOfArchived(books, inPart)).entries()) {
    await books.materialise('reconcile_exceptions', 'jobs/verify/every-message.sql', part);
    await lookIntoExceptions(books, bounds);
    for (const [table, file] of WIDE_TABLES) await books.materialise(table, file);
    await books.materialise(name, 'jobs/verify/dispositions.sql', {}, number > 0 ? 'add' : undefined);
  }
  for (const [table] of MESSAGE_TABLES) await books.forget(table);
}
