import { randomUUID } from 'node:crypto';
import type { Clock, Ids } from '../../ports.ts';

/** The machine's clock, to the microsecond where it has one. */
export const systemClock: Clock = { now: () => Math.floor((performance.timeOrigin + performance.now()) * 1_000) };

/** Random ids (UUID version 4). */
export const randomIds: Ids = { next: () => randomUUID() };
