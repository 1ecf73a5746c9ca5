import type { ClaimRequest, ClaimResult } from '../../ports.ts';

/** Claim requests as they pass between threads: a copy of each object would cost more than the claim. */
export interface RequestPacket {
  /** Of each request: identity, owner's data and fingerprint, HASH_BYTES each. */
  readonly hashes: Uint8Array;
  /** Of each request: claimed_at, expires_at. */
  readonly times: Float64Array;
  readonly owners: readonly string[];
}

/** The results that are not a new claim of the owner who asked, by the place of their request. */
export type ResultPacket = readonly (readonly [index: number, result: ClaimResult])[];

const HASH_BYTES = 32;
const HASHES = 3;
const TIMES = 2;

/** One array for all hashes and one for all times, to be copied as they are. */
export function packRequests(requests: readonly ClaimRequest[]): RequestPacket {
  const hashes = new Uint8Array(requests.length * HASHES * HASH_BYTES);
  const times = new Float64Array(requests.length * TIMES);
  requests.forEach(({ identity, owner_data_sha256, fingerprint, claimed_at, expires_at }, index) => {
    const at = index * HASHES * HASH_BYTES;
    hashes.set(identity, at);
    hashes.set(owner_data_sha256, at + HASH_BYTES);
    hashes.set(fingerprint, at + 2 * HASH_BYTES);
    times[index * TIMES] = claimed_at;
    times[index * TIMES + 1] = expires_at;
  });
  return { hashes, times, owners: requests.map(({ owner }) => owner) };
}

/** The requests of a packet, one at a time: all of them as objects would outlive the moment in which one is needed. Their hashes share its memory. */
export function* unpackRequests({ hashes, times, owners }: RequestPacket): Generator<ClaimRequest> {
  const bytes = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength);
  const hash = (number: number) => bytes.subarray(number * HASH_BYTES, (number + 1) * HASH_BYTES);
  for (const [index, owner] of owners.entries()) {
    yield {
      identity: hash(index * HASHES),
      owner,
      owner_data_sha256: hash(index * HASHES + 1),
      fingerprint: hash(index * HASHES + 2),
      claimed_at: times[index * TIMES],
      expires_at: times[index * TIMES + 1],
    };
  }
}

/** What the owner who asked can't know: mostly nothing. */
export function packResults({ owners }: RequestPacket, results: readonly ClaimResult[]): ResultPacket {
  return [...results.entries()].filter(([index, { result, owner }]) => result !== 'claimed' || owner !== owners[index]);
}

/** A result for each request, in their order. */
export function unpackResults(requests: readonly ClaimRequest[], packet: ResultPacket): ClaimResult[] {
  const others = new Map(packet);
  return requests.map(({ owner }, index) => others.get(index) ?? { result: 'claimed', owner });
}
