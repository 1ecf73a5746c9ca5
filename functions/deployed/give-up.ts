import { MICROS_PER_SECOND, type Micros } from '../payment/time.ts';

const MICROS_PER_MILLISECOND = 1_000;
/** Microseconds before the platform's limit at which we answer by ourselves: its clock began before ours, at the start of an instance by seconds. Prevents the platform from ending a request that nobody logged. */
const MARGIN: Micros = 5 * MICROS_PER_SECOND;
/** At most this part of the limit. Prevents a short limit from leaving no time to work. */
const LARGEST_PART = 4;

/** After how many milliseconds a request is given up, where the platform ends it after `timeout` microseconds. */
export function giveUpAfter(timeout: Micros): number {
  return (timeout - Math.min(MARGIN, timeout / LARGEST_PART)) / MICROS_PER_MILLISECOND;
}
