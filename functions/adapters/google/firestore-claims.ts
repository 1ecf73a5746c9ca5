import type { Firestore } from '@google-cloud/firestore';
import type { Claims } from '../../ports.ts';
import { claimDocuments } from './claim-documents.ts';
import { firestoreClaimStore } from './firestore-claim-store.ts';
import type { SetTimer } from './group-appends.ts';
import { setTimer } from './with-deadline.ts';

/** Claims of one call under way at once. Prevents a batch from opening connections by the dozen: the client takes another for each 100 calls. */
const DOCUMENTS_AT_ONCE = 50;
/** Times that a claim is made which others made first and which was gone on reading. Prevents two stores that disagree from an endless loop. */
const CREATE_ATTEMPTS = 3;
/**
 * Milliseconds until a call is given up. Prevents a request from waiting until the platform ends it: the client takes no time limit for
 * `create`, and sends it again for up to ten minutes.
 */
const DEADLINE_MILLISECONDS = 10_000;

export interface FirestoreClaimsOptions {
  readonly firestore: Firestore;
  /** Its fields are exempt from indexing (an indexed time caps the collection at 500 writes a second), and `expires_at` is its TTL field. */
  readonly collection: string;
  readonly deadline_milliseconds?: number;
  readonly setTimer?: SetTimer;
}

/**
 * Claims in Firestore, over gRPC: over REST the client can't tell "exists" from "aborted" (https://github.com/firebase/firebase-admin-node/issues/2587).
 * What a call costs: one write for each identity, and one read more where a claim is there already.
 *
 * Rejects with the client's error (`code` as in gRPC) or a ClaimError. Claims may or may not have been made then, and claiming again is harmless.
 */
export function firestoreClaims({ firestore, collection, ...options }: FirestoreClaimsOptions): Claims {
  const limits = {
    documents_at_once: DOCUMENTS_AT_ONCE,
    create_attempts: CREATE_ATTEMPTS,
    deadline_milliseconds: options.deadline_milliseconds ?? DEADLINE_MILLISECONDS,
  };
  return claimDocuments(firestoreClaimStore(firestore, collection), limits, options.setTimer ?? setTimer);
}
