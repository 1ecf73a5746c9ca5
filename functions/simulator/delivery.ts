import type { Movement } from './movement.ts';

/** One line to be written when its time comes: a message as the subscription delivers it. */
export interface Delivery {
  /** When it is delivered: the order of lines. Microseconds since 1970, like all times. */
  readonly at: number;
  /** Pub/Sub's stamp, whole milliseconds. */
  readonly published_at: number;
  /** Empty for a line that carries no usable id: it is known as SOURCE:LINE. */
  readonly message_id: string;
  readonly data: string | Uint8Array;
  /** JSON text. */
  readonly attributes: string;
  /** What the message says, or null where it is malformed. */
  readonly movement: Movement | null;
  /** The same message once more: a redelivery, or a dead letter whose original is in the file. Counts for nothing. */
  readonly again: boolean;
  readonly attempt: number;
  /** The whole line, where it isn't simply the envelope of `data`. */
  readonly line: string | Uint8Array | null;
  /** Planted faults under which the message's id is listed. */
  readonly faults: readonly string[];
  /** `any` may be written in each way; `envelope` needs its id and publish time. */
  form: 'any' | 'envelope';
}
