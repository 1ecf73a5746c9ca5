import { MAX_LINE_BYTES } from '../../limits.ts';
import { sha256 } from '../../payment/sha256.ts';
import type { Message } from '../../pipeline/message.ts';
import { DEAD_LETTER_TIME, idOf, NO_ATTRIBUTES, stringsOf, timeOf } from '../envelope-fields.ts';
import { decodeBase64 } from '../strict-base64.ts';
import { isObject, type JsonObject, readStrictObject } from '../strict-object.ts';

/** A message as a line says it is; our clock comes later. */
export type ReadMessage = Omit<Message, 'received_at' | 'clock_skew'>;

/** A line over MAX_LINE_BYTES: its first bytes, its whole length in bytes, and the SHA-256 of all of it. */
export interface OversizedLine {
  readonly first_bytes: Uint8Array;
  readonly bytes: number;
  readonly sha256: Buffer;
}

/**
 * Reads a line (without its end, the CR before that, and a BOM) as a message. Never throws: what can't be read is a message too.
 *
 * An *envelope* is a strict JSON object with an object `message`, as Pub/Sub pushes it: `messageId` or `message_id` (else
 * `source:line_number`), `data` in strict base64 (else the line's own bytes), `publishTime` or `publish_time`, `attributes`. Any other
 * line is a bare payment, or nothing known: `source:line_number`, the line's bytes, published at its `event_time`.
 *
 * `sql/views/10-archived-messages.sql` reads by the same rules; a contract test holds the two together. `data` of a bare line
 * shares the line's memory.
 */
export function readLine(line: Uint8Array, source: string, line_number: number): ReadMessage {
  const object = readStrictObject(line);
  if (object !== null && isObject(object.message)) return readEnvelope(object.message, line, source, line_number);
  return {
    message_id: `${source}:${line_number}`,
    data: line,
    data_sha256: sha256(line),
    attributes: NO_ATTRIBUTES,
    published_at: object === null ? null : timeOf(object.event_time),
    source,
    line_number,
    fault: null,
    dead_letter_published_at: null,
    redrive_of: null,
  };
}

/** A line too long to be looked into: a message with its first bytes, the hash of the whole, and the fault. */
export function readOversizedLine(line: OversizedLine, source: string, line_number: number): ReadMessage {
  return {
    message_id: `${source}:${line_number}`,
    data: line.first_bytes,
    data_sha256: line.sha256,
    attributes: NO_ATTRIBUTES,
    published_at: null,
    source,
    line_number,
    fault: {
      code: 'line_too_long',
      field: '',
      found: `${line.bytes} bytes, SHA-256 ${line.sha256.toString('hex')}`,
      fix: `Send lines of at most ${MAX_LINE_BYTES} bytes, one message each.`,
    },
    dead_letter_published_at: null,
    redrive_of: null,
  };
}

function readEnvelope(message: JsonObject, line: Uint8Array, source: string, line_number: number): ReadMessage {
  const attributes = isObject(message.attributes) ? stringsOf(message.attributes) : NO_ATTRIBUTES;
  const data = (typeof message.data === 'string' ? decodeBase64(message.data) : null) ?? line;
  return {
    message_id: idOf(message.messageId) ?? idOf(message.message_id) ?? `${source}:${line_number}`,
    data,
    data_sha256: sha256(data),
    attributes,
    published_at: timeOf(message.publishTime) ?? timeOf(message.publish_time),
    source,
    line_number,
    fault: null,
    dead_letter_published_at: timeOf(attributes[DEAD_LETTER_TIME]),
    redrive_of: null,
  };
}
