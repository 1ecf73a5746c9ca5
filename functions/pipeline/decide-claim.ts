import { FINGERPRINT_VERSION } from '../payment/fingerprint.ts';
import type { ClaimRequest, ClaimResult } from '../ports.ts';

/** What a store keeps of a claim, as far as it decides. */
export interface ExistingClaim {
  readonly owner: string;
  /** SHA-256 of the owner message's data, as far as the store keeps it. */
  readonly owner_data: Uint8Array;
  readonly fingerprint: Uint8Array;
  /** The rules by which the fingerprint was made. */
  readonly fingerprint_version: string;
}

/**
 * What a request is told where a claim on its identity exists. Pure: every store decides by this.
 *
 * - The claim is this very message's (owner and data), with the same fingerprint or one of another version → *claimed*.
 * - Else the same fingerprint → *duplicate*, another → *conflict*. Two versions compare by the older one.
 * - A version that this code doesn't know was written by a newer release, which is the one that can compare. Whoever can't must not
 *   call two payments the same: *conflict*. That loses and counts nothing, and a person sees it; a *duplicate* would be counted by itself.
 */
export function decideClaim(claim: ExistingClaim, request: ClaimRequest): ClaimResult {
  const fingerprint = fingerprintUnder(claim.fingerprint_version, request);
  const same = fingerprint?.equals(claim.fingerprint) ?? false;
  const isOwn = claim.owner === request.owner && request.owner_data_sha256.equals(claim.owner_data);
  if (isOwn && (same || claim.fingerprint_version !== FINGERPRINT_VERSION)) return { result: 'claimed', owner: claim.owner };
  return { result: same ? 'duplicate' : 'conflict', owner: claim.owner };
}

/** The request's fingerprint by the rules of a claim's version; null where this code doesn't know them. A second version gets its line here. */
function fingerprintUnder(version: string, request: ClaimRequest): Buffer | null {
  return version === FINGERPRINT_VERSION ? request.fingerprint : null;
}
