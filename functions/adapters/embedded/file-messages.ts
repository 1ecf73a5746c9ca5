import { type ClockReading, readClock } from '../../pipeline/message-clock.ts';
import type { Message } from '../../pipeline/message.ts';
import { type Micros, utcMidnightBefore } from '../../payment/time.ts';
import type { Clock } from '../../ports.ts';
import { type Progress, prefixHash, readOn } from './consumed-prefix.ts';
import { type Line, type Lines, readLines } from './line-reader.ts';
import { readLine, readOversizedLine, type ReadMessage } from './read-line.ts';

/** Messages that belong together in one commit, and what to keep once they are durable. */
export interface MessageBatch {
  readonly messages: readonly Message[];
  readonly progress: Progress;
  /** Our clock after the last of them; null where there was no message yet. */
  readonly clock: Micros | null;
}

export interface FileMessages {
  /** The next messages, at most `most`, never across a UTC midnight of our clock; null at the end. */
  next(most: number): Promise<MessageBatch | null>;
  /** Lets go of the file, where not all of it is wanted. */
  close(): Promise<void>;
}

export interface FileMessagesOptions {
  readonly path: string;
  readonly source: string;
  readonly progress: Progress | null;
  /** Our clock after the last message consumed; null before the first. */
  readonly clock: Micros | null;
  /** The real clock, as read once when the source was first opened. */
  readonly realClock: Micros;
  /** Live input: our clock is the machine's. Otherwise it is the greatest publish time so far. */
  readonly wall: Clock | null;
}

const NOTHING_YET: Progress = { bytes_read: 0, lines_read: 0, messages_read: 0, prefix_sha256: Buffer.alloc(0), finished: false };
/** Bytes read at once for a batch. Prevents long lines, or blank ones without end, from filling the memory. */
const FILL_BYTES = 64 * 1024 * 1024;
/** Messages looked through for a first publish time, so that leading ones without any have a clock. */
const FIRST_TIME_WITHIN = 1_000;

/** The messages of a file, in order, each with our clock as it came in. */
export function fileMessages(options: FileMessagesOptions): FileMessages {
  const hash = prefixHash();
  const pieces = readLines(readOn(options.path, options.source, options.progress, hash), options.progress ?? NOTHING_YET);
  const waiting: { message: ReadMessage; end: number }[] = [];
  let first = 0; // of those waiting
  let read: Lines | null = null;
  let failure: unknown = null;
  let ended = false;
  let progress = options.progress ?? NOTHING_YET;
  let reached = progress.bytes_read;
  let clock = options.clock;

  async function fill(most: number): Promise<void> {
    if (first > 0) waiting.splice(0, first);
    first = 0;
    const start = reached;
    while (!ended && waiting.length < most && reached - start < FILL_BYTES) {
      // What was read before a fault is still taken: the fault shows when nothing else is left.
      const next = await nextLines();
      ended = next === null;
      read = next ?? read;
      reached = next?.end ?? reached;
      for (const line of next?.lines ?? []) waiting.push({ message: toMessage(line, options.source), end: line.end });
    }
  }

  async function nextLines(): Promise<Lines | null> {
    try {
      const next = await pieces.next();
      return next.done ? null : next.value;
    } catch (error) {
      failure = error;
      return null;
    }
  }

  return {
    async next(most) {
      await fill(Math.max(most, clock === null ? FIRST_TIME_WITHIN : 0));
      if (waiting.length === 0) {
        if (failure) throw failure;
        if (progress.finished && ended) return null;
        progress = progressAfter([]);
        return { messages: [], progress, clock };
      }
      const messages: Message[] = [];
      let at = clock ?? firstTime(waiting, options.realClock);
      while (first < waiting.length && messages.length < most) {
        const { message } = waiting[first];
        const reading = options.wall ? { received_at: Math.max(at, options.wall.now()), clock_skew: false } : readClock(at, message.published_at, options.realClock);
        if (messages.length > 0 && utcMidnightBefore(reading.received_at) > utcMidnightBefore(messages[0].received_at)) break;
        at = reading.received_at;
        messages.push(received(message, reading));
        first += 1;
      }
      clock = at;
      progress = progressAfter(messages);
      return { messages, progress, clock };
    },
    async close() {
      await pieces.return(undefined);
    },
  };

  function progressAfter(messages: readonly Message[]): Progress {
    const all = first === waiting.length;
    const finished = all && ended && failure === null;
    const end = all ? (read?.end ?? progress.bytes_read) : waiting[first - 1].end;
    return {
      bytes_read: end,
      lines_read: all ? (read?.lines_read ?? progress.lines_read) : messages.at(-1)!.line_number!,
      messages_read: progress.messages_read + messages.length,
      prefix_sha256: hash.digestAt(end),
      finished,
    };
  }
}

/** The first publish time among the first messages; the real clock where none says. */
function firstTime(waiting: readonly { message: ReadMessage }[], realClock: Micros): Micros {
  for (const { message } of waiting.slice(0, FIRST_TIME_WITHIN)) {
    if (message.published_at !== null && message.published_at <= realClock) return message.published_at;
  }
  return realClock;
}

/** Each field by its name: objects that are spread take twice the time and memory. */
function received(message: ReadMessage, { received_at, clock_skew }: ClockReading): Message {
  const { message_id, data, data_sha256, attributes, published_at, source, line_number, fault, dead_letter_published_at, redrive_of } = message;
  return { message_id, data, data_sha256, attributes, published_at, received_at, clock_skew, source, line_number, fault, dead_letter_published_at, redrive_of };
}

function toMessage(line: Line, source: string): ReadMessage {
  if (line.oversized) return readOversizedLine({ first_bytes: line.bytes, ...line.oversized }, source, line.line_number);
  return readLine(line.bytes, source, line.line_number);
}
