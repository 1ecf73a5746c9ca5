import type { SetTimer } from '../adapters/google/group-appends.ts';
import { within } from '../deployed/within.ts';

/** Milliseconds for finishing what is in hand: Cloud Run gives 10 s from SIGTERM to SIGKILL. Prevents being killed before the last lines of the log. https://cloud.google.com/run/docs/container-contract#instance-shutdown */
export const FINISH_MILLISECONDS = 8_000;

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** The part of a process that is asked to end. */
export type Signalled = Pick<NodeJS.Process, 'on' | 'removeAllListeners' | 'exit'>;

/**
 * Finishes what is in hand when the platform ends the instance, then ends. The framework's own listener, which is taken away, answers 500
 * to the latest request and ends at once: what the others had claimed and not yet journaled would have to come again.
 */
export function takeSignals(target: Signalled, finish: () => Promise<void>, setTimer: SetTimer): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void within(finish(), FINISH_MILLISECONDS, setTimer).finally(() => target.exit(0));
  };
  for (const signal of SIGNALS) {
    target.removeAllListeners(signal);
    target.on(signal, end);
  }
}
