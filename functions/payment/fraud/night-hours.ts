import { MICROS_PER_DAY, MICROS_PER_HOUR, parseOffset } from '../time.ts';
import type { FraudFacts } from './facts.ts';

const NIGHT = { fromHour: 1, toHour: 5 };
const MICROS_PER_MINUTE = MICROS_PER_HOUR / 60;

/**
 * 10 points for a payment between 01:00 and 05:00 local time, by the offset that event_time was sent with. `Z` and `-00:00` say nothing
 * about local time (RFC 9557 section 2), so such payments are not judged.
 */
export function nightHours({ payment }: FraudFacts): number {
  const { event_time: time, event_time_offset: offset } = payment;
  if (offset.length === 1 || offset === '-00:00') return 0;
  const minutes = parseOffset(offset);
  if (minutes === null) return 0;
  const inDay = (time + minutes * MICROS_PER_MINUTE + MICROS_PER_DAY) % MICROS_PER_DAY;
  return inDay >= NIGHT.fromHour * MICROS_PER_HOUR && inDay < NIGHT.toHour * MICROS_PER_HOUR ? 10 : 0;
}
