import type { Books, SqlParameters } from '../ports.ts';
import { DOUBLE_TABLES, FIRST_IN_PARTS, FORGET_AFTER, MESSAGE_TABLES, type Part, partsOf } from './message-tables.ts';

/** What the making of the tables is bound by, beside the part: see `sql/jobs/reconcile/bounds.sql`. */
export type MessageBounds = SqlParameters;

const START_OF_PARTS = MESSAGE_TABLES.findIndex(([name]) => name === FIRST_IN_PARTS);
const ALL_AT_ONCE = MESSAGE_TABLES.slice(0, START_OF_PARTS);
const IN_PARTS = MESSAGE_TABLES.slice(START_OF_PARTS);

/** Makes `reconcile_messages`, `reconcile_postings` and what is posted twice, step by step, the last and widest steps in parts, and forgets what led to them. Returns the parts. */
export async function makeMessageTables(books: Books, bounds: MessageBounds, inPart?: number): Promise<readonly Part[]> {
  for (const [name, file] of ALL_AT_ONCE) {
    await books.materialise(name, file);
    for (const table of FORGET_AFTER[name] ?? []) await books.forget(table);
  }
  const [{ messages }] = await books.query('jobs/reconcile/count-published.sql');
  const parts = partsOf(Number(messages), inPart);
  for (const [number, part] of parts.entries()) {
    await lookAtPart(books, bounds, part);
    for (const [name, file] of IN_PARTS) await books.materialise(name, file, {}, name === 'reconcile_messages' && number > 0 ? 'add' : undefined);
  }
  for (const [name] of MESSAGE_TABLES) if (name !== 'reconcile_messages' && name !== 'reconcile_postings') await books.forget(name);
  for (const [name, file] of DOUBLE_TABLES) await books.materialise(name, file);
  return parts;
}

/** Sets the part of all messages that the next statements look at. */
export async function lookAtPart(books: Books, bounds: MessageBounds, part: Part): Promise<void> {
  await books.materialise('reconcile_bounds', 'jobs/reconcile/bounds.sql', { ...bounds, ...part });
}

/** Drops the tables that the comparisons read. */
export async function forgetMessageTables(books: Books): Promise<void> {
  await books.forget('reconcile_messages');
  await books.forget('reconcile_postings');
  for (const [name] of DOUBLE_TABLES) await books.forget(name);
}
