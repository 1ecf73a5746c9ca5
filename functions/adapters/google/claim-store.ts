import type { ExistingClaim } from '../../pipeline/decide-claim.ts';
import type { ClaimRequest } from '../../ports.ts';

/** What claims need of a store of documents. Both calls are durable and strongly consistent, or reject. */
export interface ClaimStore {
  /** Makes the claim where none is on its identity. False: one is there, perhaps our own, made by a try whose answer was lost. */
  create(request: ClaimRequest): Promise<boolean>;
  /** The claim on an identity, or null. */
  read(identity: Buffer): Promise<ExistingClaim | null>;
}

export type ClaimProblem =
  /** No answer in time. The claim may have been made: the message, come again, finds it as its own. */
  | 'deadline'
  /** It was there on writing and gone on reading, as often as we tried. */
  | 'claim_gone'
  /** A document that is no claim of ours. A person has to look at it; until then the message waits. */
  | 'unreadable_claim';

/** A claim that could not be decided. Has no text of the service's. */
export class ClaimError extends Error {
  readonly code: ClaimProblem;
  constructor(code: ClaimProblem) {
    super(`claim: ${code}`);
    this.name = 'ClaimError';
    this.code = code;
  }
}
