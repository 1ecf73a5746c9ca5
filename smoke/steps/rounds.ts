import { LOOK_EVERY_MILLISECONDS } from '../limits.ts';
import { faultText, type Waited, waitUntil } from '../wait.ts';

export interface Rounds<Seen> {
  /** Starts the work of a round. */
  readonly start: () => Promise<unknown>;
  readonly look: () => Promise<Seen>;
  readonly isDone: (seen: Seen) => boolean;
  readonly progress: (seen: Seen) => void;
  /** Milliseconds for all rounds together. */
  readonly most: number;
  /** Milliseconds after which work is started again. */
  readonly each: number;
}

/** How it ended; `started` are the rounds, `start_fault` is why the last one could not be started. */
export type AfterRounds<Seen> = Waited<Seen> & { readonly started: number; readonly start_fault: string | null };

/** Starts work, looks for what it brings, and starts it again where it doesn't come. Never rejects. */
export async function inRounds<Seen>({ start, look, isDone, progress, most, each }: Rounds<Seen>): Promise<AfterRounds<Seen>> {
  const from = performance.now();
  for (let started = 1; ; started++) {
    const start_fault = await start().then(() => null, faultText);
    const left = most - (performance.now() - from);
    const waited = await waitUntil({ look, isDone, progress, most: Math.max(0, Math.min(each, left)), every: LOOK_EVERY_MILLISECONDS });
    const seconds = (performance.now() - from) / 1_000;
    if (waited.done || performance.now() - from >= most) return { ...waited, seconds, started, start_fault };
  }
}
