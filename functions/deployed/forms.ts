import { formatDuration, parseDuration } from '../settings.ts';
import type { Micros } from '../payment/time.ts';

/** What the text of an environment variable has to be like. `read` gives null for a text that isn't. */
export interface Form<Value> {
  /** As a sentence goes on: “must be …”. */
  readonly says: string;
  read(text: string): Value | null;
}

/** A text of a certain pattern. */
export function text(says: string, pattern: RegExp): Form<string> {
  return { says, read: (given) => (pattern.test(given) ? given : null) };
}

/** A duration between two bounds, in microseconds: `90s`, `5m`, `1h`, `7d`. */
export function duration(least: Micros, most: Micros): Form<Micros> {
  return {
    says: `a duration from ${formatDuration(least)} to ${formatDuration(most)}, written 90s, 5m, 1h or 7d`,
    read(given) {
      const value = parseDuration(given);
      return value === null || value < least || value > most ? null : value;
    },
  };
}

/** A whole number between two bounds. */
export function whole(least: number, most: number): Form<number> {
  return {
    says: `a whole number from ${least} to ${most}`,
    read(given) {
      const value = /^\d{1,9}$/.test(given) ? Number(given) : NaN;
      return value >= least && value <= most ? value : null;
    },
  };
}

/** One of some words. */
export function choice<Word extends string>(...words: readonly Word[]): Form<Word> {
  return { says: `one of ${words.join(', ')}`, read: (given) => words.find((word) => word === given) ?? null };
}

/** Texts with commas between them, at least one. */
export function list(says: string, pattern: RegExp): Form<readonly string[]> {
  return {
    says: `${says}, with commas between them`,
    read(given) {
      const items = given.split(',').map((item) => item.trim());
      return items.every((item) => pattern.test(item)) ? items : null;
    },
  };
}
