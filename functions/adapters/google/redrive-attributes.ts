import { formatMicros, type Micros } from '../../payment/time.ts';
import type { ArchivedMessage } from '../../ports.ts';
import { idOf, timeOf } from '../envelope-fields.ts';

/** The attributes under which we publish a message again. Believed where only we can publish; a producer's own of these names are replaced. */
export const REDRIVE_OF = 'redrive_of';
export const REDRIVE_PUBLISHED_AT = 'redrive_published_at';
export const REDRIVE_DEAD_LETTER_PUBLISHED_AT = 'redrive_dead_letter_published_at';
const OURS: ReadonlySet<string> = new Set([REDRIVE_OF, REDRIVE_PUBLISHED_AT, REDRIVE_DEAD_LETTER_PUBLISHED_AT]);

/** Attributes of a message that Pub/Sub takes. Prevents a refusal for the three that we add. https://cloud.google.com/pubsub/quotas#resource_limits */
const MAX_ATTRIBUTES = 100;

/** What a message that was published again says of the one that it repeats. */
export interface RedriveFacts {
  readonly redrive_of: string;
  readonly published_at: Micros | null;
  /** Where the repeated message was a dead letter: when its original was published. */
  readonly dead_letter_published_at: Micros | null;
}

/**
 * A message's attributes as they were, and ours: which message it repeats, and when that was published. Beyond what Pub/Sub takes the
 * last of the producer's are left out: nothing reads them, and the archive has them all.
 */
export function redriveAttributes({ message_id, published_at, dead_letter_published_at, attributes }: ArchivedMessage): Record<string, string> {
  const ours = Object.entries({ [REDRIVE_OF]: message_id, ...timeAttribute(REDRIVE_PUBLISHED_AT, published_at), ...timeAttribute(REDRIVE_DEAD_LETTER_PUBLISHED_AT, dead_letter_published_at) });
  const theirs = Object.entries(attributes).filter(([name]) => !OURS.has(name));
  return Object.fromEntries([...theirs.slice(0, MAX_ATTRIBUTES - ours.length), ...ours]);
}

/** Reads them back; null where the message repeats none. */
export function readRedrive(attributes: Readonly<Record<string, string>>): RedriveFacts | null {
  const redrive_of = idOf(attributes[REDRIVE_OF]);
  if (redrive_of === null) return null;
  return { redrive_of, published_at: timeOf(attributes[REDRIVE_PUBLISHED_AT]), dead_letter_published_at: timeOf(attributes[REDRIVE_DEAD_LETTER_PUBLISHED_AT]) };
}

function timeAttribute(name: string, time: Micros | null): Record<string, string> {
  return time === null ? {} : { [name]: formatMicros(time) };
}
