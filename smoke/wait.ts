import { setTimeout as pause } from 'node:timers/promises';
import { describeError } from '../functions/adapters/google/error-kinds.ts';

export interface Wait<Seen> {
  readonly look: () => Promise<Seen>;
  readonly isDone: (seen: Seen) => boolean;
  /** Shown after each look. */
  readonly progress: (seen: Seen) => void;
  /** Milliseconds; after that, one look more. */
  readonly most: number;
  /** Milliseconds between two looks. */
  readonly every: number;
}

/** How a wait ended: what was seen last, null where no look succeeded, and why the last one failed. */
export interface Waited<Seen> {
  readonly done: boolean;
  readonly seen: Seen | null;
  readonly seconds: number;
  readonly fault: string | null;
}

/** Looks until it is done, or until the time is over. A look that fails is one that saw nothing: the next may. Never rejects. */
export async function waitUntil<Seen>({ look, isDone, progress, most, every }: Wait<Seen>): Promise<Waited<Seen>> {
  const from = performance.now();
  let seen: Seen | null = null;
  let fault: string | null = null;
  for (;;) {
    const last = performance.now() - from >= most;
    try {
      seen = await look();
      fault = null;
      progress(seen);
      if (isDone(seen)) return { done: true, seen, seconds: secondsSince(from), fault };
    } catch (error) {
      fault = faultText(error);
    }
    if (last) return { done: false, seen, seconds: secondsSince(from), fault };
    await pause(Math.max(0, Math.min(every, most - (performance.now() - from))));
  }
}

/** An error in words that hold nothing of what was sent. */
export function faultText(error: unknown): string {
  const { code, reason, name } = describeError(error);
  return [code, reason ?? (code === null ? name : null)].filter((word) => word !== null).join(' ');
}

function secondsSince(from: number): number {
  return (performance.now() - from) / 1_000;
}
