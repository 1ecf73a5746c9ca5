import type { SetTimer } from '../../../functions/adapters/google/group-appends.ts';

/** A clock that stands still until it is told to go on. */
export interface ManualTimer {
  readonly setTimer: SetTimer;
  /** Milliseconds since the beginning. */
  now(): number;
  /** How many timers are set. */
  pending(): number;
  /** Lets time pass, runs what falls due in its order, and lets promises settle after each. */
  advance(milliseconds: number): Promise<void>;
}

export function manualTimer(): ManualTimer {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let now = 0;
  return {
    setTimer(callback, milliseconds) {
      const timer = { at: now + milliseconds, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    now: () => now,
    pending: () => timers.size,
    async advance(milliseconds) {
      const until = now + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers.delete(next);
        now = next.at;
        next.callback();
        await promisesSettled();
      }
      now = until;
    },
  };
}

/** Every promise that can settle by itself has. */
export function promisesSettled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
