import { bigqueryClient } from '../adapters/google/bigquery-client.ts';
import { bigqueryJournal } from '../adapters/google/bigquery-journal.ts';
import { type PushOptions, readPushEnvelope } from '../adapters/google/push-envelope.ts';
import { wallClock } from '../adapters/google/wall-clock.ts';
import type { Settings } from '../config.ts';
import type { Configuration } from '../deployed/configuration.ts';
import { messageWork } from '../deployed/message-work.ts';
import type { Platform } from '../deployed/serve.ts';
import { tally } from '../deployed/tally.ts';
import type { Claims } from '../ports.ts';
import type { Made } from './deployed-function.ts';

/** A push function over the real journal, and the claims that it is given. */
export function messageFunction(configuration: Pick<Configuration, 'project' | 'location' | 'dataset'> & Settings, platform: Platform, claims: Claims, push: Omit<PushOptions, 'received_at'>): Made {
  const journal = bigqueryJournal(bigqueryClient(configuration), { dataset: configuration.dataset });
  const counted = tally(platform.log, wallClock);
  return {
    work: messageWork({
      claims,
      journal,
      settings: configuration,
      clock: wallClock,
      tally: counted,
      read: (body, received_at) => readPushEnvelope(body, { ...push, received_at }),
    }),
    async finish() {
      await journal.drain();
      counted.sumUp();
    },
  };
}
