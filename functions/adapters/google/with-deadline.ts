import type { SetTimer } from './group-appends.ts';

/** The timer of the process. */
export const setTimer: SetTimer = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
};

/**
 * What `work` gives, or, when so many milliseconds have passed, a rejection with `late()`. What is still under way then can't be stopped; it
 * sees by `isOver` that nobody waits any more, and however it ends is heard by nobody.
 */
export function withDeadline<Result>(milliseconds: number, setTimer: SetTimer, late: () => Error, work: (isOver: () => boolean) => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    let over = false;
    const stopTimer = setTimer(() => {
      over = true;
      reject(late());
    }, milliseconds);
    work(() => over).then(resolve, reject).finally(stopTimer);
  });
}
