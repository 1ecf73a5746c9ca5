import { MAX_PUSH_BODY_BYTES, OVERSIZED_LINE_KEPT_BYTES } from '../../limits.ts';
import type { Fault } from '../../payment/fault.ts';
import { sha256 } from '../../payment/sha256.ts';
import type { Micros } from '../../payment/time.ts';
import type { Message } from '../../pipeline/message.ts';
import { DEAD_LETTER_TIME, idOf, NO_ATTRIBUTES, stringsOf, timeOf } from '../envelope-fields.ts';
import { decodeBase64 } from '../strict-base64.ts';
import { isObject, type JsonObject, readStrictObject } from '../strict-object.ts';
import { isFromSubscription } from './dead-letter-source.ts';
import { readRedrive } from './redrive-attributes.ts';

/** What is known of a push before its body is read: which subscription it came by, and so what may be believed. */
export interface PushOptions {
  /** The subscription, for people: `projects/P/subscriptions/S`. Never the one that the body names. */
  readonly source: string;
  /** Our clock when the request came in. */
  readonly received_at: Micros;
  /** The redrive subscription's: only we can publish there. */
  readonly believes_redrive: boolean;
  /** The dead-letter subscription's: every message is a dead letter. */
  readonly dead_letter: boolean;
  /** `projects/P/subscriptions/S`: a dead letter that comes from there is believed too. Absent or null: none is. */
  readonly redrive_subscription?: string | null;
}

/** Where the data of a push could not be read, or the push not at all. */
type Unreadable = Pick<Message, 'message_id' | 'data' | 'data_sha256'> & { readonly fault: Fault };

const WRAPPED = 'Push by a subscription with wrapped messages (no `noWrapper`): https://cloud.google.com/pubsub/docs/push#receive_push';

/**
 * Reads the body of a push request, Pub/Sub's wrapped form (https://cloud.google.com/pubsub/docs/push#receive_push), as a message. Never
 * throws: what can't be read is a message with a fault, so that a durable *rejected* line is its end, and its id comes from its
 * content, so that its redeliveries are one. `deliveryAttempt` and the body's `subscription` are not looked at.
 *
 * Id and data are those that the raw archive has for the message; a contract test holds the two together.
 */
export function readPushEnvelope(body: Uint8Array, options: PushOptions): Message {
  if (body.length > MAX_PUSH_BODY_BYTES) return unreadable(malformed(body, fault('push_too_large', `${body.length} bytes`, `A push of Pub/Sub has at most ${MAX_PUSH_BODY_BYTES} bytes: find out who calls this address.`)), options);
  const envelope = readStrictObject(body);
  if (envelope === null || !isObject(envelope.message)) return unreadable(malformed(body, fault('push_unreadable', 'no envelope of Pub/Sub', WRAPPED)), options);
  const { message } = envelope;
  const attributes = isObject(message.attributes) ? stringsOf(message.attributes) : NO_ATTRIBUTES;
  const message_id = idOf(message.messageId) ?? idOf(message.message_id);
  if (message_id === null) return unreadable(malformed(contentOf(message, attributes), fault('push_without_id', 'no messageId', WRAPPED)), options);
  const data = dataOf(message.data);
  if (data === null) return unreadable({ ...malformed(contentOf(message, attributes), fault('push_data_not_base64', 'data that is no base64', WRAPPED)), message_id }, options);
  const published_at = timeOf(message.publishTime) ?? timeOf(message.publish_time);
  return {
    ...NOTHING_KNOWN,
    message_id,
    data,
    data_sha256: sha256(data),
    attributes,
    source: options.source,
    received_at: options.received_at,
    ...origin(published_at, attributes, options),
  };
}

const NOTHING_KNOWN = { attributes: NO_ATTRIBUTES, published_at: null, dead_letter_published_at: null, redrive_of: null, clock_skew: false, line_number: null, fault: null } as const;

/** A message with only attributes has no `data`. */
function dataOf(data: unknown): Uint8Array | null {
  if (data === undefined || data === null) return new Uint8Array();
  return typeof data === 'string' ? decodeBase64(data) : null;
}

/** Which message it is a dead letter or a repetition of, as far as that may be believed. */
function origin(published_at: Micros | null, attributes: Readonly<Record<string, string>>, options: PushOptions): Pick<Message, 'published_at' | 'dead_letter_published_at' | 'redrive_of'> {
  const { believes_redrive, dead_letter, redrive_subscription = null, received_at } = options;
  const redrive = believes_redrive || (dead_letter && isFromSubscription(attributes, redrive_subscription)) ? readRedrive(attributes) : null;
  // Never null on a dead letter: that is what says that no claim is wanted.
  const originalPublished = dead_letter ? (timeOf(attributes[DEAD_LETTER_TIME]) ?? published_at ?? received_at) : null;
  if (redrive === null) return { published_at, dead_letter_published_at: originalPublished, redrive_of: null };
  return {
    published_at: redrive.published_at,
    // The original of a re-published message's dead letter is the one that was published first, not our repetition.
    dead_letter_published_at: redrive.dead_letter_published_at ?? (dead_letter ? (redrive.published_at ?? originalPublished) : null),
    redrive_of: redrive.redrive_of,
  };
}

/** What can be read of a message that can't be named: texts only, in one order, whatever delivery it is. */
function contentOf(message: JsonObject, attributes: Readonly<Record<string, string>>): Uint8Array {
  const texts = ['data', 'publishTime', 'publish_time', 'orderingKey'].map((name) => (typeof message[name] === 'string' ? message[name] : null));
  const sorted = Object.entries(attributes).sort(([left], [right]) => (left < right ? -1 : 1));
  return Buffer.from(JSON.stringify([texts, sorted]));
}

function malformed(content: Uint8Array, why: Fault): Unreadable {
  const data_sha256 = sha256(content);
  return { message_id: `malformed:${data_sha256.toString('hex')}`, data: content.slice(0, OVERSIZED_LINE_KEPT_BYTES), data_sha256, fault: why };
}

function unreadable(message: Unreadable, { source, received_at }: PushOptions): Message {
  return { ...NOTHING_KNOWN, ...message, source, received_at };
}

function fault(code: string, found: string, fix: string): Fault {
  return { code, field: '', found, fix };
}
