import type { StoredClaim } from '../../adapters/embedded/sqlite-claims.ts';
import type { Books, SqlRow } from '../../ports.ts';
import { type Difference, differences } from './differences.ts';
import { type PublishedText, publishedTexts } from './published-text.ts';

/** All that is known of a transaction_id or message_id, in order. */
export interface Trace {
  readonly id: string;
  readonly transaction_id: string | null;
  readonly published: readonly SqlRow[];
  readonly lines: readonly SqlRow[];
  /** What rejected messages say. */
  readonly texts: readonly PublishedText[];
  readonly claim: StoredClaim | null;
  readonly postings: readonly SqlRow[];
  readonly decisions: readonly SqlRow[];
  /** For each line of another message: where it differs from the one that counts. */
  readonly differences: readonly { readonly message_id: string; readonly fields: readonly Difference[] }[];
}

/** Gathers what archive, journal, claims, ledger and audit log hold. `readClaim` looks a claim up by its identity key. */
export async function trace(books: Books, readClaim: (identityKey: Uint8Array) => StoredClaim | null, id: string): Promise<Trace> {
  const transaction = (await books.query('jobs/trace/transaction-of-message.sql', { id }))[0]?.transaction_id as string | undefined;
  const parameters = { id, transaction_id: transaction ?? id };
  const lines = await books.query('jobs/trace/lines.sql', parameters);
  const key = lines.find((line) => line.identity_key)?.identity_key as Uint8Array | undefined;
  const claim = key ? readClaim(key) : null;
  const postings = await books.query('jobs/trace/postings.sql', parameters);
  return {
    id,
    transaction_id: transaction ?? (lines[0]?.transaction_id as string | undefined) ?? null,
    published: await books.query('jobs/trace/published.sql', { ...parameters, owner: claim?.owner ?? id }),
    lines,
    texts: await publishedTexts(books, lines),
    claim,
    postings,
    decisions: await books.query('jobs/trace/decisions.sql', parameters),
    differences: copiesOf(lines, postings[0]),
  };
}

function copiesOf(lines: readonly SqlRow[], posting: SqlRow | undefined): Trace['differences'] {
  const counts = lines.find((line) => line.message_id === posting?.message_id && same(line.data_sha256, posting?.data_sha256)) ?? lines[0];
  return lines
    .filter((line) => line !== counts && !same(line.data_sha256, counts?.data_sha256))
    .map((line) => ({ message_id: String(line.message_id), fields: differences(counts?.payload as string | null, line.payload as string | null) }));
}

function same(a: unknown, b: unknown): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0;
}
