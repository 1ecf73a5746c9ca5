import type { Merchant } from './merchants.ts';
import { Picker } from './picker.ts';
import { calendar, DAY, HOUR } from './time-text.ts';
import type { World } from './world.ts';

/** Hours in which one sort of merchant has the crowd: a flash sale of tickets, and subscriptions of equal amounts on the 1st. */
export class Surges {
  readonly #world: World;
  readonly #flashSale: number;
  readonly #ticketSeller: Merchant | null;
  readonly #subscriptions: Picker<Merchant> | null;

  constructor(world: World) {
    this.#world = world;
    const { options, merchants, streams } = world;
    this.#flashSale = options.start + streams.plan.below(options.days) * DAY + 9 * HOUR;
    this.#ticketSeller = merchants.all.find((merchant) => merchant.trade.name === 'tickets') ?? null;
    const subscriptions = merchants.all.filter((merchant) => merchant.trade.name === 'subscriptions');
    this.#subscriptions = subscriptions.length === 0 ? null : new Picker(subscriptions, (merchant) => merchant.weight);
  }

  /** The merchant that takes the arrival, or null where no surge does. */
  merchant(at: number): Merchant | null {
    const random = this.#world.streams.choices;
    if (at >= this.#flashSale && at < this.#flashSale + HOUR) return random.chance(0.35) ? this.#ticketSeller : null;
    const day = Math.floor(at / DAY);
    const hour = Math.floor((at - day * DAY) / HOUR);
    if (hour >= 4 && hour < 8 && this.#subscriptions !== null && calendar(day).date === 1) return random.chance(0.3) ? this.#subscriptions.pick(random) : null;
    return null;
  }
}
