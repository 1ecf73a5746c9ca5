import { PARENT_EVERY_MILLISECONDS } from './limits.ts';

/** Calls back once the process that started this one has ended: nobody is left who would stop the engines. */
export function watchParent(ended: () => void, parentOf: () => number = () => process.ppid): void {
  const parent = parentOf();
  const timer = setInterval(() => {
    if (parentOf() === parent) return;
    clearInterval(timer);
    ended();
  }, PARENT_EVERY_MILLISECONDS);
  timer.unref();
}
