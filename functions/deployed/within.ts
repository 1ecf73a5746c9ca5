import type { SetTimer } from '../adapters/google/group-appends.ts';

/** Nothing came in time. */
export const TOO_LATE = Symbol('too late');

/**
 * What `work` comes to, or TOO_LATE after so many milliseconds. Work that is too late goes on by itself; what it comes to, a fault
 * included, is of no interest to anybody.
 */
export function within<Result>(work: Promise<Result>, milliseconds: number, setTimer: SetTimer): Promise<Result | typeof TOO_LATE> {
  return new Promise((resolve, reject) => {
    const stopTimer = setTimer(() => resolve(TOO_LATE), milliseconds);
    const settled = (settle: () => void) => {
      stopTimer();
      settle();
    };
    work.then((result) => settled(() => resolve(result)), (error: unknown) => settled(() => reject(error)));
  });
}
