import type { Fault } from '../payment/fault.ts';
import type { Micros } from '../payment/time.ts';

/** One message as it came in: from Pub/Sub by push, or from a line of a file. Not yet looked into. */
export interface Message {
  readonly message_id: string;
  /** The payload's bytes; for a line that was too long, its first bytes only (see `oversized`). */
  readonly data: Uint8Array;
  /** SHA-256 of the whole data, 32 bytes. With `message_id` it is the message's identity. */
  readonly data_sha256: Buffer;
  readonly attributes: Readonly<Record<string, string>>;
  /** When it was published, where the message says so. A bare payment's is its event_time. */
  readonly published_at: Micros | null;
  /** Our clock when the message came in: the watermark and the journal's stamps go by it. */
  readonly received_at: Micros;
  /** Said to be published later than our clock by more than is allowed, so it didn't move the message clock. */
  readonly clock_skew: boolean;
  /** Where it was read, for people: a file's line, or a subscription. */
  readonly source: string;
  readonly line_number: number | null;
  /** A fault found by the reader before the payload could be looked at (a line over the limit). */
  readonly fault: Fault | null;
  /** A message from the dead-letter topic: when its original was published. */
  readonly dead_letter_published_at: Micros | null;
  /** On a message that we published again (believed on the redrive subscription only): the message id of the original. */
  readonly redrive_of: string | null;
}
