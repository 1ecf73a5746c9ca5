import type { Movement } from './movement.ts';
import { DAY } from './time-text.ts';
import { makeSale } from './sales.ts';
import type { World } from './world.ts';

/** A sale that something may refer to, and what is left of it to give back, in minor units. */
export interface Parent {
  readonly sale: Movement;
  readonly at: number;
  left: bigint;
}

const MOST_REFUNDED = 0.25;
const CHARGED_BACK_SAMPLE = 0.004;

/**
 * Earlier sales for refunds and chargebacks to refer to: those of the file, of which a sample is kept by day, and an
 * opening book of payments from before it, which are made up when asked for and never published.
 */
export class Parents {
  readonly #world: World;
  readonly #refundable = new Map<number, Parent[]>();
  readonly #disputable = new Map<number, Parent[]>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Offers a published sale. Kept in proportion to how often its trade refunds. */
  offer(sale: Movement, at: number): void {
    if (sale.minor < 100n) return;
    const random = this.#world.streams.choices;
    const day = Math.floor(at / DAY);
    if (random.chance(sale.merchant.trade.refunded)) keep(this.#refundable, day, { sale, at, left: sale.minor });
    if (sale.method.payment_method === 'card' && random.chance(CHARGED_BACK_SAMPLE)) keep(this.#disputable, day, { sale, at, left: sale.minor });
  }

  /** Takes a sale to refund, from about six days ago (median). */
  takeRefundable(now: number): Parent {
    const lag = this.#world.streams.choices.logNormal(6, 0.9) * DAY;
    return take(this.#refundable, now - lag, now, this.#world) ?? this.#fromOpeningBook(now, now - lag, true);
  }

  /** Gives back a sale of which something is left, so that it can be refunded again. */
  putBack(parent: Parent): void {
    keep(this.#refundable, Math.floor(parent.at / DAY), parent);
  }

  /** Takes a card sale to charge back, from 15 to 120 days ago (median 40). */
  takeDisputable(now: number): Parent {
    const lag = Math.min(120, Math.max(15, this.#world.streams.choices.logNormal(40, 0.5))) * DAY;
    return take(this.#disputable, now - lag, now, this.#world) ?? this.#fromOpeningBook(now, now - lag, false);
  }

  #fromOpeningBook(now: number, wanted: number, refunded: boolean): Parent {
    const { merchants, options, streams } = this.#world;
    const random = streams.choices;
    const at = Math.min(wanted, options.start - random.unit() * DAY, now);
    let merchant = merchants.any(random);
    for (let tries = 0; tries < 40; tries += 1) {
      if (!refunded || random.chance(merchant.trade.refunded / MOST_REFUNDED)) break;
      merchant = merchants.any(random);
    }
    const sale = makeSale(this.#world, at, merchant, false);
    const minor = sale.minor < 100n ? sale.minor + 1000n : sale.minor;
    return { sale: { ...sale, minor }, at, left: minor };
  }
}

function keep(days: Map<number, Parent[]>, day: number, parent: Parent): void {
  const known = days.get(day);
  if (known === undefined) days.set(day, [parent]);
  else known.push(parent);
}

/** Takes any sale of the wanted day that lies before now; null where there is none. */
function take(days: Map<number, Parent[]>, wanted: number, now: number, world: World): Parent | null {
  const parents = days.get(Math.floor(wanted / DAY));
  if (parents === undefined || parents.length === 0) return null;
  const index = world.streams.choices.below(parents.length);
  const parent = parents[index] as Parent;
  if (parent.at >= now) return null;
  parents[index] = parents[parents.length - 1] as Parent;
  parents.pop();
  return parent;
}
