import { parseRfc3339, type Micros } from '../payment/time.ts';
import type { JsonObject } from './strict-object.ts';

/** The attribute that Pub/Sub adds to a dead letter: when its original was published, RFC 3339. */
export const DEAD_LETTER_TIME = 'CloudPubSubDeadLetterSourceTopicPublishTime';

export const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});

/** A message id: a text that isn't empty. */
export function idOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** An RFC 3339 time, or null for anything else. */
export function timeOf(value: unknown): Micros | null {
  return typeof value === 'string' ? (parseRfc3339(value)?.micros ?? null) : null;
}

/** The attributes that are strings, as Pub/Sub's all are. */
export function stringsOf(attributes: JsonObject): Readonly<Record<string, string>> {
  for (const name in attributes) {
    if (typeof attributes[name] !== 'string') {
      return Object.fromEntries(Object.entries(attributes).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
    }
  }
  return attributes as Record<string, string>;
}
