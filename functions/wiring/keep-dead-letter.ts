import type { Claims } from '../ports.ts';
import { deployedFunction } from './deployed-function.ts';
import { messageFunction } from './message-function.ts';

/** A dead letter makes no claim: that its claims may have failed is why it is one. */
const NO_CLAIMS: Claims = { claim: () => Promise.reject(new TypeError('a dead letter makes no claim')) };

/** Journals what ran out of delivery attempts, so that it is posted like the rest. */
export const keepDeadLetter = deployedFunction('keepDeadLetter', (configuration, platform) =>
  messageFunction(configuration, platform, NO_CLAIMS, {
    source: configuration.dead_letter_subscription,
    believes_redrive: false,
    dead_letter: true,
    redrive_subscription: configuration.redrive_subscription,
  }),
);
