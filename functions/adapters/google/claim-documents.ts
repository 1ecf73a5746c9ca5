import { decideClaim, type ExistingClaim } from '../../pipeline/decide-claim.ts';
import { FINGERPRINT_VERSION } from '../../payment/fingerprint.ts';
import type { ClaimRequest, Claims } from '../../ports.ts';
import { ClaimError, type ClaimStore } from './claim-store.ts';
import type { SetTimer } from './group-appends.ts';
import { runBounded } from './run-bounded.ts';
import { withDeadline } from './with-deadline.ts';

/** How many, how often, how long. */
export interface ClaimLimits {
  readonly documents_at_once: number;
  readonly create_attempts: number;
  /** Milliseconds from the call of `claim` until it is answered, whatever the store does. */
  readonly deadline_milliseconds: number;
}

/**
 * Claims as documents, one for each identity: create if absent, else read and compare. A document is asked for once in a call; what its
 * first request finds decides the further ones, as if they came one after the other.
 *
 * One failure fails the call, once all that is under way has ended: the messages come again, and claims already made are found as their
 * own. Never overwrites, never deletes.
 */
export function claimDocuments(store: ClaimStore, limits: ClaimLimits, setTimer: SetTimer): Claims {
  return {
    async claim(requests) {
      const firsts = firstOfEach(requests);
      const found = await withDeadline(limits.deadline_milliseconds, setTimer, () => new ClaimError('deadline'), (isOver) =>
        runBounded([...firsts.values()], limits.documents_at_once, (first) => createOrRead(first, store, limits.create_attempts, isOver), isOver),
      );
      const claims = new Map([...firsts.keys()].map((identity, place) => [identity, found[place]]));
      return requests.map((request) => decideClaim(claims.get(nameOf(request))!, request));
    },
  };
}

function nameOf({ identity }: ClaimRequest): string {
  return identity.toString('hex');
}

function firstOfEach(requests: readonly ClaimRequest[]): Map<string, ClaimRequest> {
  const firsts = new Map<string, ClaimRequest>();
  for (const request of requests) if (!firsts.has(nameOf(request))) firsts.set(nameOf(request), request);
  return firsts;
}

/**
 * The claim on an identity, made now or there before.
 *
 *     absent ──create──► ours            (written only where nothing is)
 *     there  ──create──► refused ──read──► whose? compare
 *                            ▲               │ gone: its life ended between the two
 *                            └───────────────┘ create again, at most `attempts` times
 */
async function createOrRead(request: ClaimRequest, store: ClaimStore, attempts: number, isOver: () => boolean): Promise<ExistingClaim> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await store.create(request)) return claimOf(request);
    if (isOver()) throw new ClaimError('deadline');
    const existing = await store.read(request.identity);
    if (existing !== null) return existing;
    if (isOver()) throw new ClaimError('deadline');
  }
  throw new ClaimError('claim_gone');
}

function claimOf({ owner, owner_data_sha256, fingerprint }: ClaimRequest): ExistingClaim {
  return { owner, owner_data: owner_data_sha256, fingerprint, fingerprint_version: FINGERPRINT_VERSION };
}
