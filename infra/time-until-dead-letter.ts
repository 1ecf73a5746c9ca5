import type { Micros } from '../functions/payment/time.ts';

/** What decides when a message becomes a dead letter. Durations are microseconds. */
export interface Retries {
  readonly retry_minimum: Micros;
  readonly retry_maximum: Micros;
  readonly delivery_attempts: number;
}

/**
 * The least time from a message's first failure until it becomes a dead letter, where each attempt fails at once: the waits between the
 * attempts, each twice the one before, up to the longest. Microseconds. Pub/Sub doesn't promise the factor, and counts attempts at best
 * effort: https://cloud.google.com/pubsub/docs/handling-failures
 */
export function timeUntilDeadLetter({ retry_minimum, retry_maximum, delivery_attempts }: Retries): Micros {
  let total = 0;
  for (let attempt = 1, wait = retry_minimum; attempt < delivery_attempts; attempt++, wait *= 2) total += Math.min(wait, retry_maximum);
  return total;
}
