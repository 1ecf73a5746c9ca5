import type { SetTimer } from './group-appends.ts';

/**
 * Milliseconds of pause before each further try of a call. Prevents a moment's trouble of the service from becoming a nack, which slows the
 * whole subscription down. Three, so that most of a deadline of 20 s is left for the answers themselves.
 */
export const PAUSES_MILLISECONDS: readonly number[] = [200, 1_000, 4_000];

/**
 * Calls until it succeeds, fails for good, or has failed for the last time, whose error is thrown. Once `signal` has aborted, nothing is
 * called again.
 */
export async function sendAgain<Result>(call: () => Promise<Result>, isPassing: (error: unknown) => boolean, signal: AbortSignal, setTimer: SetTimer): Promise<Result> {
  for (const pause of PAUSES_MILLISECONDS) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await waited(pause, signal, setTimer);
      if (signal.aborted) throw error;
    }
  }
  return call();
}

/** Settles after so many milliseconds, or as soon as `signal` aborts. */
function waited(milliseconds: number, signal: AbortSignal, setTimer: SetTimer): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const stopTimer = setTimer(over, milliseconds);
    function over(): void {
      stopTimer();
      signal.removeEventListener('abort', over);
      resolve();
    }
    signal.addEventListener('abort', over);
  });
}
