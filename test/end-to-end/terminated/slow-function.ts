import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupAppends } from '../../../functions/adapters/google/group-appends.ts';
import { readPushEnvelope } from '../../../functions/adapters/google/push-envelope.ts';
import { wallClock } from '../../../functions/adapters/google/wall-clock.ts';
import { setTimer } from '../../../functions/adapters/google/with-deadline.ts';
import { messageWork } from '../../../functions/deployed/message-work.ts';
import { tally } from '../../../functions/deployed/tally.ts';
import { deployedFunction } from '../../../functions/wiring/deployed-function.ts';

/** How long the stores of this function take, in milliseconds: each call of the journal longer than the one before. */
const CLAIM = 200;
const CALL = 150;
const LIMITS = { linger_milliseconds: 5, rows_per_call: 10, bytes_per_call: 9_000_000, deadline_milliseconds: 20_000 };

/** processPayment as it is, over slow stores whose lines are in a file as soon as they are durable. */
export const processPayment = deployedFunction('processPayment', (configuration, platform) => {
  let calls = 0;
  const journal = groupAppends({
    encode: ({ message }) => message.message_id,
    bytesOf: (id) => id.length,
    async insert(ids) {
      await sleep(CALL * ++calls);
      appendFileSync(process.env.TRIAL_JOURNAL!, ids.map((id) => `${id}\n`).join(''));
      return ids.map(() => 'written' as const);
    },
  }, LIMITS, setTimer);
  return {
    work: messageWork({
      journal,
      claims: {
        async claim(requests) {
          process.stdout.write(`claiming ${requests[0].owner}\n`);
          await sleep(CLAIM);
          return requests.map(({ owner }) => ({ result: 'claimed' as const, owner }));
        },
      },
      settings: configuration,
      clock: wallClock,
      tally: tally(platform.log, wallClock),
      read: (body, received_at) => readPushEnvelope(body, { source: configuration.subscription, believes_redrive: false, dead_letter: false, received_at }),
    }),
    finish: () => journal.drain(),
  };
});
