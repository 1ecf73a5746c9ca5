import type { Books, SqlParameters } from '../ports.ts';
import { DOUBLE_TABLES, FIRST_IN_PARTS, FORGET_AFTER, MESSAGE_TABLES, type Part, partsOf } from './message-tables.ts';

/** What the making of the tables is bound by, beside the part: see `sql/jobs/reconcile/bounds.sql` and `span.ts`. */
export type MessageBounds = SqlParameters;

const START_OF_PARTS = MESSAGE_TABLES.findIndex(([name]) => name === FIRST_IN_PARTS);
const ALL_AT_ONCE = MESSAGE_TABLES.slice(0, START_OF_PARTS);
const IN_PARTS = MESSAGE_TABLES.slice(START_OF_PARTS);

/** After every day that is booked: reads no partition. */
const NO_DAY: { readonly date: string } = { date: '9999-12-31' };

/** What was made, for the statements that look for breaks in it. */
export interface MessageTables {
  readonly parts: readonly Part[];
  /** From which day on the ledger holds a payment that is in it twice. */
  readonly doubles_booked_from: { readonly date: string };
}

/**
 * Makes `reconcile_messages`, `reconcile_postings`, `reconcile_identities` and what is posted twice, step by step, the last and
 * widest steps in parts, and forgets what led to them.
 */
export async function makeMessageTables(books: Books, bounds: MessageBounds, inPart?: number): Promise<MessageTables> {
  let booked = { copies: NO_DAY, doubles: NO_DAY };
  for (const [name, file] of ALL_AT_ONCE) {
    await books.materialise(name, file, { ...bounds, copies_booked_from: booked.copies });
    for (const table of FORGET_AFTER[name] ?? []) await books.forget(table);
    if (name === 'reconcile_identities') booked = await bookedFrom(books);
  }
  const [{ messages }] = await books.query('jobs/reconcile/count-published.sql');
  const parts = partsOf(Number(messages), inPart);
  for (const [number, part] of parts.entries()) {
    await lookAtPart(books, bounds, part);
    for (const [name, file] of IN_PARTS) await books.materialise(name, file, {}, name === 'reconcile_messages' && number > 0 ? 'add' : undefined);
  }
  for (const [name] of MESSAGE_TABLES) if (!KEPT.has(name)) await books.forget(name);
  for (const [name, file] of DOUBLE_TABLES) await books.materialise(name, file);
  return { parts, doubles_booked_from: booked.doubles };
}

/** What the comparisons read. */
const KEPT: ReadonlySet<string> = new Set(['reconcile_messages', 'reconcile_postings', 'reconcile_identities']);

/** So that no more of the ledger is read than holds a copy, or a payment posted twice: mostly the last days, mostly nothing. */
async function bookedFrom(books: Books) {
  const [row] = await books.query('jobs/reconcile/booked-from.sql');
  const day = (found: unknown) => (typeof found === 'string' ? { date: found } : NO_DAY);
  return { copies: day(row.copies), doubles: day(row.doubles) };
}

/** Sets the part of all messages that the next statements look at. */
export async function lookAtPart(books: Books, bounds: MessageBounds, part: Part): Promise<void> {
  await books.materialise('reconcile_bounds', 'jobs/reconcile/bounds.sql', { ...bounds, ...part });
}

/** Drops the tables that the comparisons read. */
export async function forgetMessageTables(books: Books): Promise<void> {
  for (const name of KEPT) await books.forget(name);
  for (const [name] of DOUBLE_TABLES) await books.forget(name);
}
