import { claimsInFirestore } from './claims-in-firestore.ts';
import { deployedFunction } from './deployed-function.ts';
import { messageFunction } from './message-function.ts';

/** Takes in what we publish again: the one function that believes `redrive_of`, as nobody else can publish on its topic. */
export const processRedrive = deployedFunction('processRedrive', (configuration, platform) =>
  messageFunction(configuration, platform, claimsInFirestore(configuration), { source: configuration.redrive_subscription, believes_redrive: true, dead_letter: false }),
);
