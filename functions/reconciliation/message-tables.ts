import { WIDEST } from './span.ts';

/**
 * What became of each message is worked out in a few steps, each a SELECT in `sql/messages` under the name that the next ones read.
 * The reconciliation materialises them one by one, so that no statement joins more than two large tables (DuckDB ran out of memory
 * at two million messages otherwise); the view `message_dispositions` is the same texts as one query.
 */
export const MESSAGE_TABLES = [
  ['reconcile_archived', 'messages/10-archived.sql'],
  ['reconcile_published', 'messages/15-published.sql'],
  ['reconcile_dead_letters', 'messages/20-dead-letters.sql'],
  ['reconcile_repeated', 'messages/30-repeated.sql'],
  ['reconcile_lines', 'messages/35-lines.sql'],
  ['reconcile_older', 'messages/37-older.sql'],
  ['reconcile_postings', 'messages/40-postings.sql'],
  ['reconcile_named', 'messages/42-named.sql'],
  ['reconcile_journaled', 'messages/45-journaled.sql'],
  ['reconcile_unposted', 'messages/46-unposted.sql'],
  ['reconcile_identities', 'messages/47-identities.sql'],
  ['reconcile_copies', 'messages/48-copies.sql'],
  ['reconcile_published_part', 'messages/49-published-part.sql'],
  ['reconcile_journaled_part', 'messages/50-journaled-part.sql'],
  ['reconcile_messages', 'messages/51-messages.sql'],
] as const;

/** What else stands in the ledger more than once, each looked for by itself: several at a time ran out of memory at ten million. */
export const DOUBLE_TABLES = [
  ['reconcile_messages_posted_twice', 'messages/61-messages-posted-twice.sql'],
  ['reconcile_transactions_posted_twice', 'messages/62-transactions-posted-twice.sql'],
] as const;

/** From here on a part of all messages at a time: what was published is matched with what was journaled, both at full width. */
export const FIRST_IN_PARTS = 'reconcile_published_part';

/** Messages in a part. Prevents the widest join from running out of memory (it did at ten million). */
export const MESSAGES_IN_PART = 1_500_000;

/** A range of the first two hexadecimal digits of the data's hash. */
export interface Part extends Readonly<Record<string, string>> {
  readonly first_digits: string;
  readonly last_digits: string;
}

/** Ranges that hold all messages, each with its share of so many. */
export function partsOf(messages: number, inPart = MESSAGES_IN_PART): readonly Part[] {
  const parts = Math.min(256, Math.max(1, Math.ceil(messages / inPart)));
  const digits = (value: number) => value.toString(16).padStart(2, '0');
  return Array.from({ length: parts }, (_, part) => ({
    first_digits: digits(Math.floor((part * 256) / parts)),
    last_digits: digits(Math.floor(((part + 1) * 256) / parts) - 1),
  }));
}

/** Tables that nobody reads once a step is made. Each holds millions of rows: on one machine they would fill the disk. */
export const FORGET_AFTER: Readonly<Partial<Record<(typeof MESSAGE_TABLES)[number][0], readonly string[]>>> = {
  reconcile_published: ['reconcile_archived'],
  reconcile_journaled: ['reconcile_repeated', 'reconcile_lines', 'reconcile_named'],
};

/** In the view, an archived message in no line is on its way within an hour of the newest line, as by the default of `missing_after`. */
const BOUNDS_OF_VIEW = `
  SELECT FALSE AS is_behind, TIMESTAMP_MICROS(newest - 3600000000) AS missing_before, TIMESTAMP_MICROS(newest + 3600000000) AS ahead_after, '00' AS first_digits, 'ff' AS last_digits
  FROM (SELECT MAX(UNIX_MICROS(journaled_at)) AS newest FROM payment_journal)`;

/** The view's text, from the texts of the steps. */
export function messageDispositionsView(read: (file: string) => string): string {
  const steps = MESSAGE_TABLES.map(([name, file]) => `${name} AS (\n${read(file).replace(/[@$](\w+)/g, (parameter, of: string) => WIDEST[of] ?? parameter)}\n)`);
  return `CREATE OR REPLACE VIEW message_dispositions AS
WITH reconcile_bounds AS (${BOUNDS_OF_VIEW}
),
${steps.join(',\n')}
SELECT message_id, data_sha256, transaction_id, disposition, published_at, journaled_at, source, line_number, currency, kind, amount, effect, is_published, flags, decision
FROM reconcile_messages`;
}
