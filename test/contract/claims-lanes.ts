import type { ClaimRequest, Claims } from '../../functions/ports.ts';
import type { Recorder } from './linearizability.ts';

/** What one handler asks for, batch after batch. */
export type Lane = readonly (readonly ClaimRequest[])[];

/** Times that a batch comes again after a failure. */
const TRIES = 4;

/** Runs a lane: a batch that fails comes again, as a message does that was not acknowledged. */
export async function runLane(lane: Lane, claims: Claims, recorder: Recorder): Promise<void> {
  for (const batch of lane) for (let tries = 0; tries < TRIES && !(await recorder.claim(claims, batch)); tries += 1);
}

/** Runs all lanes at once, each on the next of the stores. */
export async function runLanes(lanes: readonly Lane[], stores: readonly Claims[], recorder: Recorder): Promise<void> {
  await Promise.all(lanes.map((lane, place) => runLane(lane, stores[place % stores.length], recorder)));
}

/** A request that came from another thread, where buffers become plain arrays of bytes. */
export function withBuffers(request: ClaimRequest): ClaimRequest {
  const { identity, owner_data_sha256, fingerprint } = request;
  return { ...request, identity: Buffer.from(identity), owner_data_sha256: Buffer.from(owner_data_sha256), fingerprint: Buffer.from(fingerprint) };
}
