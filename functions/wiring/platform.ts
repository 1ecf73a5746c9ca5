import { cloudLog } from '../adapters/google/cloud-log.ts';
import { oidcTokens } from '../adapters/google/oidc-tokens.ts';
import { wallClock } from '../adapters/google/wall-clock.ts';
import { setTimer } from '../adapters/google/with-deadline.ts';
import type { Configuration } from '../deployed/configuration.ts';
import { door } from '../deployed/door.ts';
import type { FunctionName } from '../deployed/function-variables.ts';
import { giveUpAfter } from '../deployed/give-up.ts';
import { inHand } from '../deployed/in-hand.ts';
import { lineLimit } from '../deployed/limited-log.ts';
import type { Platform } from '../deployed/serve.ts';

/** What every function of an instance stands on, as it really is. */
export function platformFor(name: FunctionName, configuration: Pick<Configuration, 'project' | 'caller' | 'audience' | 'token_keys_url' | 'token_signature' | 'request_timeout'>): Platform {
  const { project, caller, audience, token_keys_url, token_signature, request_timeout } = configuration;
  return {
    door: door(oidcTokens({ caller, audience, keys_url: token_keys_url, signature: token_signature, now: () => Date.now() })),
    inHand: inHand(),
    log: cloudLog({ project, clock: wallClock, labels: { function: name, revision: revision() }, output: (line) => process.stdout.write(line) }),
    lines: lineLimit(wallClock),
    setTimer,
    give_up_after: giveUpAfter(request_timeout),
  };
}

/** Which deployment this is, as Cloud Run says. https://cloud.google.com/run/docs/container-contract#env-vars */
export function revision(): string {
  return process.env.K_REVISION ?? 'none';
}
