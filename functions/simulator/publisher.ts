import type { Delivery } from './delivery.ts';
import { type Incidents, planBacklogs, planBursts, planSilence } from './incidents.ts';
import type { Movement } from './movement.ts';
import { inOtherKeyOrder, paymentText, withOtherDecimals } from './payment-text.ts';
import { redated } from './sales.ts';
import type { TimeQueue } from './time-queue.ts';
import { DAY, MINUTE, SECOND } from './time-text.ts';
import type { World } from './world.ts';

/** How a message is published, where that isn't the ordinary way. */
export interface Manner {
  /** When it happened, where that isn't what event_time says. */
  readonly at?: number;
  readonly published_at?: number;
  /** The data, where it isn't simply the movement's text. */
  readonly data?: string | Uint8Array;
  readonly message_id?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly faults?: readonly string[];
  readonly malformed?: boolean;
  /** No redelivery or republished copy of it by chance. */
  readonly once?: boolean;
}

const LAG_SIGMA = 2.576; // with a median of 3 s: p99 at 20 minutes

/** Hands movements to Pub/Sub: stamps them, and lets producers and the subscription repeat themselves. */
export class Publisher {
  readonly #world: World;
  readonly #deliveries: TimeQueue<Delivery>;
  readonly #bursts: Incidents;
  readonly #backlogs: Incidents;
  readonly #silence: Incidents;
  #lastId = 1_000_000_000_000_000;

  constructor(world: World, deliveries: TimeQueue<Delivery>) {
    this.#world = world;
    this.#deliveries = deliveries;
    this.#bursts = planBursts(world);
    this.#backlogs = planBacklogs(world);
    this.#silence = planSilence(world);
  }

  publish(movement: Movement, manner: Manner = {}): Delivery {
    const delivery = this.draft(movement, manner);
    this.deliver(delivery);
    if (manner.once !== true) this.#repeatByChance(delivery, movement);
    return delivery;
  }

  /** A message stamped by Pub/Sub and not delivered yet. */
  draft(movement: Movement, manner: Manner): Delivery {
    const random = this.#world.streams.publishing;
    const happened = manner.at ?? movement.event_time;
    const published = manner.published_at ?? this.#heldBack(movement, happened + random.logNormal(0.35, 0.9) * SECOND);
    return {
      at: published + random.logNormal(0.06, 0.8) * SECOND,
      published_at: Math.floor(published / 1000) * 1000,
      message_id: manner.message_id ?? this.#nextId(),
      data: manner.data ?? paymentText(movement),
      attributes: manner.attributes === undefined ? `{"producer":"${movement.producer.name}"}` : JSON.stringify(manner.attributes),
      movement: manner.malformed === true ? null : movement,
      again: false,
      attempt: 1,
      line: null,
      faults: manner.faults ?? [],
      form: manner.once === true ? 'envelope' : 'any',
    };
  }

  /** Puts a message among those that the subscription will deliver. */
  deliver(delivery: Delivery): void {
    this.#deliveries.add(delivery);
  }

  /** The same message once more, later. */
  redeliver(delivery: Delivery, faults: readonly string[]): void {
    const random = this.#world.streams.publishing;
    delivery.form = 'envelope';
    const later = delivery.at + (10 + random.logNormal(45, 1.2)) * SECOND;
    this.#deliveries.add({ ...delivery, at: later, again: true, attempt: 2, faults });
  }

  /** An id as Pub/Sub gives it: digits, rising in leaps. */
  #nextId(): string {
    this.#lastId += 1 + this.#world.streams.publishing.below(97);
    return this.#lastId.toString();
  }

  /** A silent producer's messages come in a flood once it is back. */
  #heldBack(movement: Movement, published: number): number {
    const silence = this.#silence.at(published, movement.producer);
    if (silence === null) return published;
    this.#world.tally.plant('silent_then_flood', 'transaction_id', movement.transaction_id);
    return silence.to + this.#world.streams.publishing.between(0, 12 * MINUTE);
  }

  #repeatByChance(delivery: Delivery, movement: Movement): void {
    const { rates, tally } = this.#world;
    const random = this.#world.streams.publishing;
    const burst = this.#bursts.at(delivery.published_at, movement.producer) !== null;
    const backlog = this.#backlogs.at(delivery.published_at, movement.producer) !== null;
    tally.count(burst ? 'published_in_burst' : 'published');
    if (backlog) tally.count('published_in_backlog');
    if (random.chance(burst ? rates.republished_in_burst : rates.republished)) {
      tally.count(burst ? 'republished_in_burst' : 'republished_at_base');
      this.#republish(delivery, movement, burst);
    }
    if (random.chance(backlog ? rates.redelivered_in_backlog : rates.redelivered)) {
      tally.count(backlog ? 'redelivered_in_backlog' : 'redelivered_at_base');
      this.redeliver(delivery, ['redelivered']);
    }
  }

  /** The producer didn't hear back and publishes again: a new message, of the same payment, at times written anew. */
  #republish(delivery: Delivery, movement: Movement, burst: boolean): void {
    const { rates, tally } = this.#world;
    const random = this.#world.streams.publishing;
    const lag = Math.min(random.logNormal(burst ? 8 : 3, burst ? 1 : LAG_SIGMA) * SECOND, DAY);
    const published = delivery.published_at + lag;
    const dated = random.chance(rates.copies_redated);
    const copy = dated ? redated(movement, published) : movement;
    const reordered = random.chance(rates.copies_in_other_key_order);
    const rewritten = random.chance(rates.copies_with_other_decimals);
    let data = paymentText(copy);
    if (rewritten) data = withOtherDecimals(data, copy);
    if (reordered) data = inOtherKeyOrder(data);
    const faults = ['republished'];
    if (dated) faults.push('republished_redated');
    if (reordered) faults.push('republished_other_key_order');
    if (rewritten) faults.push('republished_other_decimals');
    for (const fault of faults) tally.count(fault);
    this.publish(copy, { published_at: published, data, faults, once: true });
  }
}
