import { readPushEnvelope } from '../../../functions/adapters/google/push-envelope.ts';
import { DEFAULT_SETTINGS } from '../../../functions/config.ts';
import type { MessageStores } from '../../../functions/deployed/message-work.ts';
import { tally } from '../../../functions/deployed/tally.ts';
import type { JournalLine } from '../../../functions/pipeline/journal-line.ts';
import type { ClaimRequest, ClaimResult, Clock, Log } from '../../../functions/ports.ts';

export interface TrialStores extends MessageStores {
  readonly lines: JournalLine[];
  readonly claimed: ClaimRequest[];
  /** Calls of either store. */
  calls(): number;
  /** What claiming comes to from now on. */
  claimsGive(result: () => Promise<ClaimResult>): void;
  /** What appending comes to before the lines are kept. */
  appendsGive(result: (line: JournalLine) => Promise<void>): void;
}

/** Stores in memory behind the real reading of a push. */
export function trialStores(log: Log, clock: Clock, push: Partial<Parameters<typeof readPushEnvelope>[1]> = {}): TrialStores {
  const lines: JournalLine[] = [];
  const claimed: ClaimRequest[] = [];
  let calls = 0;
  let claim = (request: ClaimRequest): Promise<ClaimResult> => Promise.resolve({ result: 'claimed', owner: request.owner });
  let append = (_line: JournalLine): Promise<void> => Promise.resolve();
  return {
    lines,
    claimed,
    calls: () => calls,
    claimsGive: (result) => void (claim = result),
    appendsGive: (result) => void (append = result),
    claims: {
      claim(requests) {
        calls += 1;
        claimed.push(...requests);
        return Promise.all(requests.map(claim));
      },
    },
    journal: {
      async append(added) {
        calls += 1;
        for (const line of added) await append(line);
        lines.push(...added);
      },
    },
    settings: DEFAULT_SETTINGS,
    clock,
    tally: tally(log, clock),
    read: (body, received_at) => readPushEnvelope(body, { source: 'projects/trial/subscriptions/payments', believes_redrive: false, dead_letter: false, received_at, ...push }),
  };
}
