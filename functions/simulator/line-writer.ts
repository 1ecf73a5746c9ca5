import type { Delivery } from './delivery.ts';
import { pullLine, pushLine } from './envelope.ts';
import type { RateName } from './rates.ts';
import type { World } from './world.ts';

export type Write = (chunk: string | Uint8Array) => Promise<void> | void;

const CHUNK_CHARACTERS = 1 << 18;
/** Lines written in another way come in runs of about this many. */
const RUN_LENGTH = 25;

/** Writes deliveries as lines, in the three shapes in which files come, and tells the tally what it wrote. */
export class LineWriter {
  readonly #world: World;
  readonly #write: Write;
  readonly #pull: Run;
  readonly #bare: Run;
  readonly #carriageReturn: Run;
  #text = '';
  #lines = 0;

  constructor(world: World, write: Write) {
    this.#world = world;
    this.#write = write;
    this.#pull = new Run(world, 'pull_lines');
    this.#bare = new Run(world, 'bare_lines');
    this.#carriageReturn = new Run(world, 'carriage_returns');
  }

  /** Adds a line; the promise, if any, is that of a chunk being written. */
  add(delivery: Delivery): Promise<void> | void {
    const { tally, rates, streams } = this.#world;
    if (streams.lines.chance(rates.blank_lines)) {
      tally.count('blank_lines');
      this.#endLine();
    }
    const bare = this.#bare.next() && delivery.form === 'any' && typeof delivery.data === 'string';
    const pull = this.#pull.next() && !bare && delivery.line === null;
    const line = delivery.line ?? (bare ? (delivery.data as string) : pull ? pullLine(delivery) : pushLine(delivery));
    const id = bare || delivery.message_id === '' ? `${this.#world.options.source}:${this.#lines + 1}` : delivery.message_id;
    // A bare payment's publish time is its event_time; lines that are no message have none.
    const publishedAt = bare ? (delivery.movement?.event_time ?? 0) : hasPublishTime(delivery) ? delivery.published_at : 0;
    tally.accept(delivery, id, publishedAt);
    if (bare) tally.count('bare_lines');
    if (pull) tally.count('pull_lines');
    if (typeof line === 'string') this.#text += line;
    else return this.#addBytes(line);
    return this.#finishLine();
  }

  /** Adds the last line, cut in the middle and without an end. */
  addCutOff(delivery: Delivery): void {
    const { tally, options } = this.#world;
    const line = pushLine(delivery);
    this.#text += line.slice(0, Math.floor(line.length * 0.6));
    this.#lines += 1;
    tally.count('lines');
    tally.count('truncated_last_line');
    tally.accept({ ...delivery, movement: null, faults: ['truncated_last_line'] }, `${options.source}:${this.#lines}`, 0);
  }

  /** Writes what is left. */
  async finish(): Promise<void> {
    await this.#flush();
  }

  async #addBytes(line: Uint8Array): Promise<void> {
    await this.#flush();
    await this.#write(line);
    await this.#finishLine();
  }

  #finishLine(): Promise<void> | void {
    if (this.#carriageReturn.next()) {
      this.#world.tally.count('carriage_returns');
      this.#text += '\r';
    }
    this.#endLine();
    return this.#text.length >= CHUNK_CHARACTERS ? this.#flush() : undefined;
  }

  #endLine(): void {
    this.#text += '\n';
    this.#lines += 1;
    this.#world.tally.count('lines');
  }

  #flush(): Promise<void> | void {
    const text = this.#text;
    this.#text = '';
    return text === '' ? undefined : this.#write(text);
  }
}

/** Lines without an id that are envelopes still say when they were published. */
function hasPublishTime(delivery: Delivery): boolean {
  return delivery.line === null || (typeof delivery.line === 'string' && delivery.movement !== null);
}

/** On for a run of lines at a time, with a share of all lines. */
class Run {
  readonly #world: World;
  readonly #name: RateName;
  #left = 0;

  constructor(world: World, name: RateName) {
    this.#world = world;
    this.#name = name;
  }

  next(): boolean {
    if (this.#left > 0) {
      this.#left -= 1;
      return true;
    }
    const share = this.#world.rates[this.#name];
    if (share >= 1) return true;
    const random = this.#world.streams.lines;
    if (!random.chance(share / (1 - share) / RUN_LENGTH)) return false;
    this.#left = Math.floor(2 * RUN_LENGTH * random.unit());
    return true;
  }
}
