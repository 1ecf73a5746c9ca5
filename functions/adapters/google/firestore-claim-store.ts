import { type DocumentData, type DocumentReference, type Firestore, Timestamp } from '@google-cloud/firestore';
import { FINGERPRINT_VERSION } from '../../payment/fingerprint.ts';
import { MICROS_PER_SECOND, type Micros } from '../../payment/time.ts';
import type { ExistingClaim } from '../../pipeline/decide-claim.ts';
import type { ClaimRequest } from '../../ports.ts';
import { ClaimError, type ClaimStore } from './claim-store.ts';

/** gRPC's ALREADY_EXISTS. https://grpc.io/docs/guides/status-codes/ */
const ALREADY_EXISTS = 6;
const NANOS_PER_MICRO = 1_000;

/**
 * A collection of claims. A document's id is the identity's SHA-256 in hexadecimal, whole: no id of a payment can break a path, sequential
 * ones don't crowd one place, and none looks like Firestore's own (`__…__`). https://cloud.google.com/firestore/native/docs/best-practices
 */
export function firestoreClaimStore(firestore: Firestore, collection: string): ClaimStore {
  const documents = firestore.collection(collection);
  const documentOf = (identity: Buffer) => documents.doc(identity.toString('hex'));
  return {
    create: (request) => createIfAbsent(documentOf(request.identity), fieldsOf(request)),
    async read(identity) {
      const snapshot = await documentOf(identity).get();
      return snapshot.exists ? readFields(snapshot.data() as Record<string, unknown>) : null;
    },
  };
}

/** The condition of the write: the document doesn't exist. The client sends it again by itself, so a refusal may be about our own write. */
async function createIfAbsent(document: DocumentReference, fields: DocumentData): Promise<boolean> {
  try {
    await document.create(fields);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === ALREADY_EXISTS) return false;
    throw error;
  }
}

function fieldsOf({ owner, owner_data_sha256, fingerprint, claimed_at, expires_at }: ClaimRequest): DocumentData {
  return {
    owner,
    owner_data: owner_data_sha256,
    fingerprint,
    fingerprint_version: FINGERPRINT_VERSION,
    claimed_at: timestamp(claimed_at),
    expires_at: timestamp(expires_at),
  };
}

/** To the microsecond, which is what Firestore keeps; the client's own helpers cut to milliseconds. */
function timestamp(micros: Micros): Timestamp {
  const seconds = Math.floor(micros / MICROS_PER_SECOND);
  return new Timestamp(seconds, (micros - seconds * MICROS_PER_SECOND) * NANOS_PER_MICRO);
}

function readFields({ owner, owner_data, fingerprint, fingerprint_version }: Record<string, unknown>): ExistingClaim {
  if (typeof owner !== 'string' || typeof fingerprint_version !== 'string') throw new ClaimError('unreadable_claim');
  if (!(owner_data instanceof Uint8Array) || !(fingerprint instanceof Uint8Array)) throw new ClaimError('unreadable_claim');
  return { owner, owner_data, fingerprint, fingerprint_version };
}
