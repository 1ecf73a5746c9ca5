import type { Clock } from '../../ports.ts';

export { randomIds } from '../random-ids.ts';

/** The machine's clock, to the microsecond where it has one. */
export const systemClock: Clock = { now: () => Math.floor((performance.timeOrigin + performance.now()) * 1_000) };
