import { createHash } from 'node:crypto';
import type { Books, SqlRow } from '../ports.ts';
import type { Observed } from '../simulator/judge.ts';

/** Ids read at once. Prevents those of a large ledger from filling the memory: ten million took gigabytes. */
const IDS_AT_ONCE = 200_000;

const DISPOSITIONS = ['posted', 'duplicate', 'conflict', 'pending', 'rejected', 'missing'] as const;

/** Reads from the books what an answer key speaks of: dispositions and money. */
export async function observe(books: Books): Promise<Observed> {
  const counts = new Map((await books.query('jobs/verify/messages.sql')).map((row) => [row.disposition, Number(row.messages)]));
  const dispositions = Object.fromEntries(DISPOSITIONS.map((name) => [name, counts.get(name) ?? 0])) as Observed['dispositions'];
  const ids = Map.groupBy(await books.query('jobs/verify/message-ids.sql'), (row) => String(row.disposition));
  const of = (disposition: string) => (ids.get(disposition) ?? []).map((row) => String(row.message_id));
  return {
    messages: [...counts.values()].reduce((sum, count) => sum + count, 0),
    dispositions,
    postings: (await books.query('jobs/verify/postings.sql')).map((row) => ({ currency: String(row.currency), kind: row.kind as Observed['postings'][number]['kind'], date: String(row.event_date), postings: Number(row.postings), ...money(row) })),
    duplicate_money: (await books.query('jobs/verify/duplicate-money.sql')).map((row) => ({ currency: String(row.currency), messages: Number(row.messages), ...money(row) })),
    posted: await postedIds(books),
    message_ids: { duplicate: of('duplicate'), conflict: of('conflict'), pending: of('pending'), rejected: of('rejected'), missing: of('missing') },
  };
}

/** How many ids are posted, and the SHA-256 of all of them, sorted, a line each. */
async function postedIds(books: Books): Promise<Observed['posted']> {
  const hash = createHash('sha256');
  let count = 0;
  let last: SqlRow = { transaction_id: '', identity_key: new Uint8Array() };
  for (;;) {
    const rows = await books.query('jobs/verify/posted-ids.sql', { after_id: String(last.transaction_id), after_key: last.identity_key as Uint8Array, list_limit: IDS_AT_ONCE });
    if (rows.length === 0) return { count, transaction_ids_sha256: hash.digest('hex') };
    for (const { transaction_id } of rows) hash.update(count++ === 0 ? String(transaction_id) : `\n${String(transaction_id)}`);
    last = rows.at(-1)!;
  }
}

/** NUMERIC text of whole minor units, without its zeros. */
function money(row: SqlRow): { gross_minor: string; net_minor: string } {
  return { gross_minor: whole(row.gross_minor), net_minor: whole(row.net_minor) };
}

function whole(value: unknown): string {
  return String(value).replace(/\.0+$/, '');
}
