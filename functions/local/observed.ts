import { createHash } from 'node:crypto';
import type { Books, SqlRow } from '../ports.ts';
import type { Observed } from '../simulator/judge.ts';

const DISPOSITIONS = ['posted', 'duplicate', 'conflict', 'pending', 'rejected', 'missing'] as const;

/** Reads from the books what an answer key speaks of: dispositions and money. */
export async function observe(books: Books): Promise<Observed> {
  const counts = new Map((await books.query('jobs/verify/messages.sql')).map((row) => [row.disposition, Number(row.messages)]));
  const dispositions = Object.fromEntries(DISPOSITIONS.map((name) => [name, counts.get(name) ?? 0])) as Observed['dispositions'];
  const ids = Map.groupBy(await books.query('jobs/verify/message-ids.sql'), (row) => String(row.disposition));
  const of = (disposition: string) => (ids.get(disposition) ?? []).map((row) => String(row.message_id));
  const posted = (await books.query('jobs/verify/posted-ids.sql')).map((row) => String(row.transaction_id));
  return {
    messages: [...counts.values()].reduce((sum, count) => sum + count, 0),
    dispositions,
    postings: (await books.query('jobs/verify/postings.sql')).map((row) => ({ currency: String(row.currency), kind: row.kind as Observed['postings'][number]['kind'], date: String(row.event_date), postings: Number(row.postings), ...money(row) })),
    duplicate_money: (await books.query('jobs/verify/duplicate-money.sql')).map((row) => ({ currency: String(row.currency), messages: Number(row.messages), ...money(row) })),
    posted: { count: posted.length, transaction_ids_sha256: createHash('sha256').update(posted.join('\n')).digest('hex') },
    message_ids: { duplicate: of('duplicate'), conflict: of('conflict'), pending: of('pending'), rejected: of('rejected'), missing: of('missing') },
  };
}

/** NUMERIC text of whole minor units, without its zeros. */
function money(row: SqlRow): { gross_minor: string; net_minor: string } {
  return { gross_minor: whole(row.gross_minor), net_minor: whole(row.net_minor) };
}

function whole(value: unknown): string {
  return String(value).replace(/\.0+$/, '');
}
