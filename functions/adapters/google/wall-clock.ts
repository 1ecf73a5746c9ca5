import type { Clock } from '../../ports.ts';

const MICROS_PER_MILLISECOND = 1_000;

/**
 * The time of day, to the millisecond. An instance may stand still for hours between two requests, and a clock that counts on from its
 * start (as on one machine) may stand still with it: late payments would pass for punctual ones.
 */
export const wallClock: Clock = { now: () => Date.now() * MICROS_PER_MILLISECOND };
