import type { Terminal } from '../terminal.ts';

/** How often the seconds are shown anew, in milliseconds. */
const EVERY = 1_000;

/** Runs one step, showing its name and how many seconds it has taken so far. */
export async function showingTime<Result>(terminal: Terminal, what: string, run: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  terminal.progress(`${what} …`);
  const timer = setInterval(() => terminal.progress(`${what} … ${Math.round((performance.now() - started) / 1_000)} s`), EVERY);
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}
