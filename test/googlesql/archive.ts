import type { Cell } from './cells.ts';
import type { Draw } from './draw.ts';
import type { NamedType } from './googlesql.ts';
import { hash, type Payload, payload } from './payloads.ts';
import { anyTime, timeBeside, timeNear } from './times.ts';

/** What the view `archived_messages` gives, on either target. */
export const ARCHIVED_MESSAGES: readonly NamedType[] = [
  ['message_id', 'STRING'], ['data_sha256', 'BYTES'], ['data', 'BYTES'], ['published_at', 'TIMESTAMP'], ['dead_letter_published_at', 'TIMESTAMP'], ['attributes', 'STRING'], ['source', 'STRING'], ['line_number', 'INT64'],
];

/** A message that may stand in the archive, in the journal, in both or nowhere. */
export interface Message {
  readonly message_id: string;
  readonly payload: Payload;
  readonly published_at: Cell;
  /** On a dead letter: when its original was published. */
  readonly dead_letter_published_at: Cell;
  readonly attributes: Cell;
}

export const MESSAGE_IDS = ['1', '10', '9', 'm-a', 'M-A', 'ü✓😀', 'a,b', 'x y ', '%_', "q'u\"o\\te", 'f.jsonl:1'];

/** Messages: some carry the data of another (a producer's retry, or a dead letter of it), some its id. */
export function messages(draw: Draw): Message[] {
  const made: Message[] = [];
  for (let wanted = draw.onceIn(8) ? 1 : 4 + draw.below(18); wanted > 0; wanted--) {
    const earlier = made.length > 0 ? draw.one(made) : null;
    const published_at = draw.onceIn(12) ? null : earlier && draw.onceIn(3) ? earlier.published_at : draw.onceIn(8) ? anyTime(draw) : timeNear(draw);
    const original = earlier?.published_at && draw.onceIn(3) ? timeBeside(draw, earlier.published_at) : null;
    const sameData = earlier && (original !== null || draw.onceIn(3)) ? earlier.payload : payload(draw);
    const message_id = earlier && draw.onceIn(8) ? earlier.message_id : draw.one(MESSAGE_IDS);
    // The same id with the same data is the same message.
    if (made.some((one) => one.message_id === message_id && one.payload.sha256 === sameData.sha256)) continue;
    made.push({
      message_id,
      payload: sameData,
      published_at,
      dead_letter_published_at: original,
      attributes: draw.one([null, '{}', '{"a":"b"}']),
    });
  }
  return made;
}

/** The archive of them: most of them once, some delivered again. */
export function archive(draw: Draw, all: readonly Message[]): Cell[][] {
  return all.flatMap((message) =>
    draw.some(2 - Number(draw.onceIn(3)), (delivery) => [
      message.message_id,
      draw.onceIn(20) ? hash('tampered') : message.payload.sha256,
      message.payload.data.toString('hex'),
      message.published_at,
      message.dead_letter_published_at,
      message.attributes,
      draw.one(['f.jsonl', 'g.jsonl']),
      draw.onceIn(3) ? null : String(delivery * 10 + draw.below(9)),
    ]),
  );
}
