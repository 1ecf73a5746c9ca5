import { type Micros, MICROS_PER_HOUR } from '../payment/time.ts';
import type { ArchivedMessage, Books, Redrive, SqlRow } from '../ports.ts';
import type { ReconciliationResult } from './reconcile.ts';

/** Missing messages that one reconciliation publishes again. Prevents a wrong verdict from publishing a whole day anew. */
export const MAX_REPUBLISHED = 500;
/** Bytes of their data. Prevents large messages from filling the memory of the run. */
export const MAX_REPUBLISHED_BYTES = 32 * 1024 * 1024;
/** How long a message that was published again has to get a line. Prevents every run from publishing it while it is on its way. */
export const REPUBLISH_AGAIN_AFTER: Micros = 6 * MICROS_PER_HOUR;
/** How often a message is published again in all. Prevents one that never gets a line from going round for ever: then a person must look. */
export const MAX_TIMES_REPUBLISHED = 3;

/** The scratch table of the messages that one run publishes, and the statement that makes it. */
export const MISSING_TABLE = ['reconcile_missing', 'jobs/reconcile/missing-messages.sql'] as const;

/**
 * Publishes the missing messages of a reconciliation again, as they were, and keeps an audit row of each: the report lists them, and the
 * next run leaves them alone for a while. Of one that was behind, nothing: what is missing there may be on its way. Safe to repeat: a
 * message that comes twice counts once. Gives how many were published; rejects, with no audit row, where the publishing failed.
 */
export async function republishMissing(books: Books, redrive: Redrive, { reconciliation, is_behind }: Pick<ReconciliationResult, 'reconciliation' | 'is_behind'>, now: Micros): Promise<number> {
  if (is_behind) return 0;
  const found = await books.query('jobs/reconcile/missing-to-publish.sql', {
    reconciliation,
    most_times: MAX_TIMES_REPUBLISHED,
    republished_before: { timestamp: now - REPUBLISH_AGAIN_AFTER },
    list_limit: MAX_REPUBLISHED,
  });
  if (found.length === 0) return 0;
  await books.materialise(...MISSING_TABLE, { reconciliation, most_bytes: MAX_REPUBLISHED_BYTES, break_ids: found.map(({ break_id }) => String(break_id)).join(','), ...daysOf(found, now) });
  try {
    const messages = (await books.query('jobs/reconcile/missing-found.sql')).map(archivedMessage);
    await redrive.publishAgain(messages);
    await books.query('jobs/audit/republished.sql', { effective_at: { timestamp: now }, recorded_at: { timestamp: now }, actor: 'reconciliation', reason: `In no journal line: reconciliation ${reconciliation}.` });
    return messages.length;
  } finally {
    await books.forget(MISSING_TABLE[0]);
  }
}

/** From the first publish time to the last, so that only their partitions of the archive are read. */
function daysOf(found: readonly SqlRow[], now: Micros) {
  const times = found.flatMap(({ since }) => (typeof since === 'number' ? [since] : []));
  return { published_from: { timestamp: Math.min(...times, now) }, published_to: { timestamp: Math.max(...times, 0) } };
}

function archivedMessage(row: SqlRow): ArchivedMessage {
  return {
    message_id: String(row.message_id),
    data: row.data as Uint8Array,
    attributes: textsOf(row.attributes),
    published_at: row.published_at as Micros | null,
    dead_letter_published_at: row.dead_letter_published_at as Micros | null,
  };
}

/** Attributes as the archive keeps them: a JSON object. Of a line that a stranger wrote, only the texts. */
function textsOf(json: unknown): Record<string, string> {
  if (typeof json !== 'string') return {};
  const parsed: unknown = JSON.parse(json);
  return Object.fromEntries(Object.entries(parsed ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
