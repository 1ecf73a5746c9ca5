import { claimsInFirestore } from './claims-in-firestore.ts';
import { deployedFunction } from './deployed-function.ts';
import { messageFunction } from './message-function.ts';

/** Takes in what producers publish. */
export const processPayment = deployedFunction('processPayment', (configuration, platform) =>
  messageFunction(configuration, platform, claimsInFirestore(configuration), { source: configuration.subscription, believes_redrive: false, dead_letter: false }),
);
