import { MICROS_PER_SECOND, type Micros } from '../payment/time.ts';
import { type Outcome, OUTCOMES } from '../pipeline/outcome.ts';
import type { Clock, Log } from '../ports.ts';

/** Messages after which they are summed up. Prevents a line for each message: logs would cost as much as the claims. */
export const MESSAGES_PER_SUMMARY = 10_000;
/** Microseconds after which they are summed up, at the next message. Prevents a quiet instance from saying nothing for hours. */
export const SUMMARY_INTERVAL: Micros = 60 * MICROS_PER_SECOND;

/** Counts what became of messages, and says so now and then. */
export interface Tally {
  count(outcome: Outcome): void;
  /** Writes what has been counted since the last summary, if anything. */
  sumUp(): void;
}

/** The tally of one instance. */
export function tally(log: Log, clock: Clock): Tally {
  let counts = none();
  let messages = 0;
  let since = clock.now();

  function sumUp(): void {
    if (messages === 0) return;
    const now = clock.now();
    log.write('INFO', 'messages journaled', { ...counts, messages, seconds: Math.round((now - since) / MICROS_PER_SECOND) });
    counts = none();
    messages = 0;
    since = now;
  }

  return {
    count(outcome) {
      counts[outcome] += 1;
      messages += 1;
      if (messages >= MESSAGES_PER_SUMMARY || clock.now() - since >= SUMMARY_INTERVAL) sumUp();
    },
    sumUp,
  };
}

function none(): Record<Outcome, number> {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
}
