import type { Draw } from './draw.ts';

const HOUR = 3_600_000_000n;
const MICROS_PER_DAY = 24n * HOUR;
const micros = (text: string) => BigInt(Date.parse(text)) * 1_000n;

/** Around this midnight, a leap day's, most of what happens happens. */
export const MIDNIGHT = micros('2024-02-29T00:00:00Z');
const NEAR = [0n, -1n, 1n, 1_000n, 999n, -HOUR, HOUR, 2n * HOUR, 24n * HOUR, 24n * HOUR - 1n, -26n * HOUR, 26n * HOUR + 1n, 300_000_000n, 299_999_999n];
const EARLIEST = micros('0001-01-01T00:00:00Z');
const LATEST = micros('9999-12-31T23:59:59Z') + 999_999n;
const EDGES = [micros('1970-01-01T00:00:00Z'), -1n, 1n, micros('1969-12-31T23:55:00Z'), micros('1900-02-28T23:59:59Z'), micros('2000-02-29T00:00:00Z'), micros('2199-12-31T23:59:59Z') + 999_999n, EARLIEST, LATEST];

/** Microseconds, as text. Few different ones, so that many are equal. */
export function timeNear(draw: Draw): string {
  return String(MIDNIGHT + draw.one(NEAR));
}

/** Any time that SQL can hold. */
export function anyTime(draw: Draw): string {
  return String(draw.one(EDGES));
}

/** That time or one a microsecond beside it, where SQL can hold it. */
export function timeBeside(draw: Draw, time: string): string {
  const beside = BigInt(time) + BigInt(draw.below(3) - 1);
  return beside < EARLIEST || beside > LATEST ? time : String(beside);
}

/** Days since 1970. */
export function dayOf(time: string): string {
  const at = BigInt(time);
  return String((at - (((at % MICROS_PER_DAY) + MICROS_PER_DAY) % MICROS_PER_DAY)) / MICROS_PER_DAY);
}

export function dayNear(draw: Draw): string {
  return draw.onceIn(10) ? dayOf(anyTime(draw)) : String(BigInt(dayOf(String(MIDNIGHT))) + BigInt(draw.below(3) - 1));
}
