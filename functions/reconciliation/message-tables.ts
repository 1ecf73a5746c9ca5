import type { SqlValue } from '../ports.ts';
import { WIDEST } from './span.ts';

/**
 * What became of each message is worked out in steps, each a SELECT in `sql/messages` under the name that later ones read. A reconciliation
 * materialises them one by one. The view `message_dispositions` is the texts of those in `EVERY_MESSAGE` as one query.
 *
 * Nearly every message was published once and has one line and one ledger row, which agree: it *matched*, and only its totals are kept.
 * The others, the *exceptions*, are few, and every step after `reconcile_exceptions` is about them alone. So the long way costs little,
 * and needs memory for few rows.
 */
export const ARCHIVE_TABLES = [
  ['reconcile_archived', 'messages/10-archived.sql'],
  ['reconcile_dead_letters', 'messages/15-dead-letters.sql'],
] as const;

/** What stands in the ledger more than once: none of it can match. */
export const DOUBLE_TABLES = [
  ['reconcile_transactions_posted_twice', 'messages/20-transactions-posted-twice.sql'],
  ['reconcile_identities_posted_twice', 'messages/21-identities-posted-twice.sql'],
] as const;

/** Made for a part of all messages at a time. */
export const COMPARED_TABLE = ['reconcile_compared', 'messages/24-compared.sql'] as const;

/** What is kept of each part. */
export const ADDED_TABLES = [
  ['reconcile_matched', 'messages/26-matched.sql'],
  ['reconcile_exceptions', 'messages/27-exceptions.sql'],
] as const;

/** The exceptions, message by message. */
export const EXCEPTION_TABLES = [
  ['reconcile_published', 'messages/28-published.sql'],
  ['reconcile_repeated', 'messages/30-repeated.sql'],
  ['reconcile_lines', 'messages/35-lines.sql'],
  ['reconcile_older', 'messages/37-older.sql'],
  ['reconcile_postings', 'messages/40-postings.sql'],
  ['reconcile_named', 'messages/42-named.sql'],
  ['reconcile_journaled', 'messages/45-journaled.sql'],
  ['reconcile_unposted', 'messages/46-unposted.sql'],
  ['reconcile_identities', 'messages/47-identities.sql'],
  ['reconcile_copies', 'messages/48-copies.sql'],
] as const;

/** The exceptions at full width, a part at a time: all may be exceptions, where a table was lost. */
export const WIDE_TABLES = [
  ['reconcile_published_part', 'messages/49-published-part.sql'],
  ['reconcile_journaled_part', 'messages/50-journaled-part.sql'],
  ['reconcile_messages', 'messages/51-messages.sql'],
] as const;

/** Looked for among the exceptions, since what is posted twice is one. */
export const LAST_TABLE = ['reconcile_messages_posted_twice', 'messages/61-messages-posted-twice.sql'] as const;

/** All of them, in order. */
export const MESSAGE_TABLES: readonly (readonly [name: string, file: string])[] = [...ARCHIVE_TABLES, ...DOUBLE_TABLES, COMPARED_TABLE, ...ADDED_TABLES, ...EXCEPTION_TABLES, ...WIDE_TABLES, LAST_TABLE];

/** What the search for breaks reads; all else is forgotten before. */
export const KEPT_TABLES: ReadonlySet<string> = new Set([
  'reconcile_archived', 'reconcile_matched', 'reconcile_exceptions', 'reconcile_postings', 'reconcile_identities', 'reconcile_copies', 'reconcile_messages',
  'reconcile_messages_posted_twice', 'reconcile_transactions_posted_twice',
]);

/** Those that say what became of every message, exception or not. */
const EVERY_MESSAGE: readonly (readonly [name: string, file: string])[] = [...ARCHIVE_TABLES, ...EXCEPTION_TABLES, ...WIDE_TABLES];

/** Messages compared at a time. Prevents a comparison from needing more memory than DuckDB has here: it would write to disk twice what it reads. */
export const COMPARED_IN_PART = 1_000_000;
/** Exceptions at a time. Prevents the widest join from running out of memory, where all messages are exceptions (it did at ten million). */
export const EXCEPTIONS_IN_PART = 1_500_000;

/** A range of what stands for a hash of the data, up to `next_hash`, or without end; and of its first two hexadecimal digits, ends included. */
export interface Part extends Readonly<Record<string, SqlValue>> {
  readonly first_hash: Uint8Array;
  readonly next_hash: Uint8Array;
  readonly is_last: boolean;
  readonly first_digits: string;
  readonly last_digits: string;
}

/** Ranges that hold all messages, each with its share of so many; whatever stands where a hash should is in one of them, if it be nothing. */
export function partsOf(messages: number, inPart: number): readonly Part[] {
  const parts = Math.min(256, Math.max(1, Math.ceil(messages / inPart)));
  return Array.from({ length: parts }, (_, part) => {
    const [first, last] = [Math.floor((part * 256) / parts), Math.floor(((part + 1) * 256) / parts) - 1];
    const digits = (value: number) => value.toString(16).padStart(2, '0');
    return {
      first_hash: part === 0 ? new Uint8Array() : Uint8Array.of(first),
      next_hash: Uint8Array.of(Math.min(last + 1, 0xff)),
      is_last: part === parts - 1,
      first_digits: part === 0 ? '' : digits(first),
      last_digits: digits(last),
    };
  });
}

/** The bounds of who looks at every message, without parameters. */
export const BOUNDS_OF_ALL = 'jobs/verify/bounds.sql';

/** What leaves only exceptions in a step. */
const ONLY_EXCEPTIONS = /^ *JOIN reconcile_exceptions .*\n/gm;

/** The view's text, from the texts of the steps: of every message, not of the exceptions alone. */
export function messageDispositionsView(read: (file: string) => string): string {
  const text = (file: string) => read(file).replace(ONLY_EXCEPTIONS, '').replace(/[@$](\w+)/g, (parameter, of: string) => WIDEST[of] ?? parameter);
  const steps = EVERY_MESSAGE.map(([name, file]) => `${name} AS (\n${text(file)}\n)`);
  return `CREATE OR REPLACE VIEW message_dispositions AS
WITH reconcile_bounds AS (
${text(BOUNDS_OF_ALL)}
),
${steps.join(',\n')}
SELECT message_id, data_sha256, transaction_id, disposition, published_at, journaled_at, source, line_number, currency, kind, amount, effect, is_published, flags, decision
FROM reconcile_messages`;
}
