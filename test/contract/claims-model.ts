import { createHash } from 'node:crypto';
import type { ClaimRequest, ClaimResult } from '../../functions/ports.ts';

const hash = (text: string) => createHash('sha256').update(text).digest();

/** A request in words: who wants which transaction, for which amount, with which data. */
export function claimRequest(transaction: string, owner: string, amount = '10', data = owner): ClaimRequest {
  return { identity: hash(transaction), owner, owner_data_sha256: hash(data), fingerprint: hash(`${transaction}/${amount}`), claimed_at: 1, expires_at: 2 };
}

/** What a request is, in texts that can be compared. */
export interface Wish {
  readonly identity: string;
  /** The very message: its id and its data, with the money facts. */
  readonly message: string;
  readonly owner: string;
  readonly fingerprint: string;
}

export function wishOf({ identity, owner, owner_data_sha256, fingerprint }: ClaimRequest): Wish {
  const facts = fingerprint.toString('hex');
  return { identity: identity.toString('hex'), message: `${owner} ${owner_data_sha256.toString('hex')} ${facts}`, owner, fingerprint: facts };
}

/** What the model tells a wish where another holds the claim (or the same one). */
export function told(holder: Wish, wish: Wish): ClaimResult {
  if (wish.message === holder.message) return { result: 'claimed', owner: holder.owner };
  return { result: wish.fingerprint === holder.fingerprint ? 'duplicate' : 'conflict', owner: holder.owner };
}

/** Create-if-absent, one request after the other: what every store must look like. Knows nothing of the product's rule. */
export function sequentialClaims(): (requests: readonly ClaimRequest[]) => ClaimResult[] {
  const holders = new Map<string, Wish>();
  return (requests) =>
    requests.map((request) => {
      const wish = wishOf(request);
      if (!holders.has(wish.identity)) holders.set(wish.identity, wish);
      return told(holders.get(wish.identity)!, wish);
    });
}
