import type { Books, SqlParameters } from '../ports.ts';
import { ADDED_TABLES, ARCHIVE_TABLES, COMPARED_IN_PART, COMPARED_TABLE, DOUBLE_TABLES, EXCEPTIONS_IN_PART, EXCEPTION_TABLES, KEPT_TABLES, LAST_TABLE, MESSAGE_TABLES, type Part, partsOf, WIDE_TABLES } from './message-tables.ts';

/** What the making of the tables is bound by, beside the part: see `sql/jobs/reconcile/bounds.sql` and `span.ts`; and the last reconciliation, `previous`. */
export type MessageBounds = SqlParameters;

/** After every day that is booked: reads no partition. */
const NO_DAY: { readonly date: string } = { date: '9999-12-31' };

/** What was made, for the statements that look for breaks in it. */
export interface MessageTables {
  /** Parts of all exceptions. */
  readonly parts: readonly Part[];
  /** From which day on the ledger holds a payment that is in it twice. */
  readonly doubles_booked_from: { readonly date: string };
}

/**
 * Makes what the search for breaks reads (`KEPT_TABLES`), step by step, and forgets what led to it: all messages are compared, a part at
 * a time, and of those that did not match it is worked out what became of them. `inPart`: messages at a time, in place of the defaults.
 */
export async function makeMessageTables(books: Books, bounds: MessageBounds, inPart?: number): Promise<MessageTables> {
  for (const [name, file] of [...ARCHIVE_TABLES, ...DOUBLE_TABLES]) await books.materialise(name, file, bounds);
  await compare(books, bounds, inPart ?? COMPARED_IN_PART);
  const doubles_booked_from = await lookIntoExceptions(books, bounds);
  const parts = partsOf(await count(books, 'jobs/reconcile/count-published.sql'), inPart ?? EXCEPTIONS_IN_PART);
  for (const [number, part] of parts.entries()) {
    await lookAtPart(books, bounds, part);
    for (const [name, file] of WIDE_TABLES) await books.materialise(name, file, {}, name === 'reconcile_messages' && number > 0 ? 'add' : undefined);
  }
  await books.materialise(...LAST_TABLE);
  for (const [name] of MESSAGE_TABLES) if (!KEPT_TABLES.has(name)) await books.forget(name);
  return { parts, doubles_booked_from };
}

/** Compares all messages, and keeps the totals of those that matched and the keys of the others. */
async function compare(books: Books, bounds: MessageBounds, inPart: number): Promise<void> {
  for (const [number, part] of (await partsOfArchived(books, inPart)).entries()) {
    await books.materialise(...COMPARED_TABLE, { ...bounds, ...part });
    for (const [name, file] of ADDED_TABLES) await books.materialise(name, file, {}, number > 0 ? 'add' : undefined);
  }
}

/** Makes all but the widest tables of the exceptions. Returns from which day on the ledger holds doubles. */
export async function lookIntoExceptions(books: Books, bounds: MessageBounds): Promise<{ readonly date: string }> {
  let booked = { copies: NO_DAY, doubles: NO_DAY };
  for (const [name, file] of EXCEPTION_TABLES) {
    await books.materialise(name, file, { ...bounds, copies_booked_from: booked.copies });
    if (name === 'reconcile_identities') booked = await bookedFrom(books);
  }
  return booked.doubles;
}

/** Parts of all messages, by how many are in the archive. */
export async function partsOfArchived(books: Books, inPart: number): Promise<readonly Part[]> {
  return partsOf(await count(books, 'jobs/reconcile/count-archived.sql'), inPart);
}

async function count(books: Books, file: string): Promise<number> {
  const [{ messages }] = await books.query(file);
  return Number(messages);
}

/** So that no more of the ledger is read than holds a copy, or a payment posted twice: mostly the last days, mostly nothing. */
async function bookedFrom(books: Books) {
  const [row] = await books.query('jobs/reconcile/booked-from.sql');
  const day = (found: unknown) => (typeof found === 'string' ? { date: found } : NO_DAY);
  return { copies: day(row.copies), doubles: day(row.doubles) };
}

/** Sets the part of all exceptions that the next statements look at. */
export async function lookAtPart(books: Books, bounds: MessageBounds, part: Part): Promise<void> {
  await books.materialise('reconcile_bounds', 'jobs/reconcile/bounds.sql', { ...bounds, ...part });
}

/** Drops the tables that the search for breaks read. */
export async function forgetMessageTables(books: Books): Promise<void> {
  for (const name of KEPT_TABLES) await books.forget(name);
}
