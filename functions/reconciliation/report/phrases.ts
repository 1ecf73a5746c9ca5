/** Phrases that text and HTML share. */
import { counted, grouped, money } from '../../figures.ts';
import type { BreakGroup } from './breaks-part.ts';
import type { Conflict, ConflictField } from './conflicts-part.ts';
import type { RejectGroup } from './rejects-part.ts';
import type { ProofPart } from './proof-part.ts';
import type { Listed } from './listed.ts';
import { readableTime } from './printable.ts';
import type { Report } from './report.ts';
import type { Republished } from './republished-part.ts';

/** Money of a group of breaks in words, with those whose amount is unknown as a count. */
export function atStake({ amounts, amounts_unknown }: BreakGroup): string {
  const known = amounts.map(({ currency, amount }) => money(amount, currency));
  return [...known, ...(amounts_unknown > 0 ? [counted(amounts_unknown, 'unknown amount')] : [])].join(', ') || 'none';
}

/** Which message counts for now. */
export function whatCounts(conflict: Conflict): string {
  if (conflict.posted_message_id !== null) return `Message ${conflict.posted_message_id} counts; it was booked on ${conflict.posted_booking_date}.`;
  if (conflict.claim_owner !== null) return `Nothing counts yet: message ${conflict.claim_owner}, which came first, is not in the ledger.`;
  return 'What it differs from is not known here: trace the message.';
}

/** The two values of a field in a conflict, for people: amounts with separators, `(none)` where there is none. */
export function conflictRow({ field, posted, copy }: ConflictField): string[] {
  return [field, ...[posted, copy].map((value) => (value === null ? '(none)' : field === 'amount' ? grouped(value) : value))];
}

/** The oldest message with that fault: its id, where it was read, and what was found where that may be shown. */
export function exampleOf({ example }: RejectGroup): string {
  const place = example.source === null ? '' : `, read from ${example.source}${example.line_number === null ? '' : ` line ${example.line_number}`}`;
  const found = example.found === null ? '' : `, found ${example.found}`;
  const field = example.field === null || example.field === '' ? '' : `, field ${example.field}`;
  return `message ${example.message_id ?? 'unknown'}${place}${field}${found}`;
}

/** What can't be in any figure: messages whose amount nobody can read, by disposition. Null where there are none. */
export function unreadableMoney({ money_unreadable }: ProofPart): string | null {
  if (money_unreadable.length === 0) return null;
  const messages = money_unreadable.reduce((sum, group) => sum + group.messages, 0);
  const dispositions = money_unreadable.map(({ disposition, messages: of }) => `${disposition} ${grouped(of)}`).join(', ');
  return `Not in these figures: ${counted(messages, 'message')} in which no amount in a currency can be read (${dispositions}). Their money is unknown, not zero.`;
}

/** Whether the day of a report is over; empty for a report on all days. */
export function stateOfDay({ date, ledger }: Report): string {
  const day = ledger.booking_days.items[0];
  if (date === null || day === undefined) return '';
  if (!day.over) return `Booking day ${date} is open: its figures may still change.`;
  const nothing = day.runs === 0 ? ' Nothing was booked on it: check the date, if you expected something.' : '';
  return `Booking day ${date} is over (closed by posting run ${day.closed_by_run}): its figures never change.${nothing}`;
}

/** The first of a list, with what is left out of it counted on. */
export function firstOf<Item>(list: Listed<Item>, most: number): Listed<Item> {
  const items = list.items.slice(0, most);
  return { items, more: list.more + list.items.length - items.length };
}

/** Which messages a proof is about. */
export function whatWasCompared({ published_from }: ProofPart): string {
  if (published_from === null) return 'all messages, all days.';
  return `messages published from ${readableTime(published_from)} on; breaks found before are carried over.`;
}

/** How many missing messages were published again lately. */
export function republishedTitle({ items, more }: Listed<Republished>): string {
  return `Published again: ${counted(items.length + more, 'missing message')}`;
}

/** One of them as a row. */
export function republishedRow({ message_id, republished_at, times, is_missing }: Republished): string[] {
  return [message_id, readableTime(republished_at), grouped(times), is_missing ? 'still missing' : 'not missing any more'];
}

/** Steps of the equation, and how each is written. */
export const STEPS = [
  ['published', 'published'],
  ['posted', '− posted'],
  ['duplicate', '− duplicates'],
  ['conflict', '− conflicts'],
  ['rejected', '− rejected'],
  ['pending', '− pending'],
  ['missing', '= missing'],
  ['difference', 'difference (must be 0)'],
] as const;
