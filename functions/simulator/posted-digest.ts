import { createHash } from 'node:crypto';

const IDS_AT_ONCE = 10_000;

/**
 * SHA-256 (hexadecimal) over the transaction ids, sorted by their UTF-8 bytes and joined with a line feed: one line that
 * tells whether two ledgers hold the same payments.
 */
export function postedDigest(transactionIds: readonly string[]): string {
  const sorted = transactionIds.some(hasSurrogates) ? transactionIds.toSorted(byCodePoints) : transactionIds.toSorted();
  const hash = createHash('sha256');
  for (let from = 0; from < sorted.length; from += IDS_AT_ONCE) {
    if (from > 0) hash.update('\n');
    hash.update(sorted.slice(from, from + IDS_AT_ONCE).join('\n'));
  }
  return hash.digest('hex');
}

/** UTF-16 sorts like UTF-8 but for characters beyond U+FFFF, whose surrogates sort before U+E000. */
function hasSurrogates(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}

function byCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
