import type { Micros } from '../payment/time.ts';

/** What the clock reads at a message, and whether that message was refused as a mover of it. */
export interface ClockReading {
  readonly received_at: Micros;
  readonly clock_skew: boolean;
}

/**
 * The clock of a replayed file: the greatest publish time so far, forward only. A time ahead of the real clock (as read once, when
 * the source was first opened) is flagged and doesn't move it: one message from the future would make all others late.
 */
export function readClock(clock: Micros, published_at: Micros | null, realClock: Micros): ClockReading {
  if (published_at === null) return { received_at: clock, clock_skew: false };
  if (published_at > realClock) return { received_at: clock, clock_skew: true };
  return { received_at: Math.max(clock, published_at), clock_skew: false };
}
