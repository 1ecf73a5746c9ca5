import type { Movement } from './movement.ts';
import { PRODUCERS } from './producers.ts';
import { makeMovement } from './sales.ts';
import type { Stage } from './stage.ts';
import { DAY, HOUR, MINUTE } from './time-text.ts';
import type { Merchant } from './merchants.ts';

/**
 * Settlement: merchants' sales are paid out two days later, less a fee. There is room for so many payouts a day; who
 * doesn't come today is paid for more days tomorrow (merged). One day is missing, and paid with the next.
 */
export class Payouts {
  readonly #stage: Stage;
  readonly #sales = new Map<number, Map<Merchant, bigint>>();
  /** What merchants wait for, in minor units, in the order in which they began to wait. */
  readonly #owed = new Map<Merchant, bigint>();
  readonly #daily: number;
  readonly #missingDay: number;
  #nextDay: number;

  constructor(stage: Stage) {
    this.#stage = stage;
    const { options, rates, streams, tally } = stage.world;
    const first = Math.floor(options.start / DAY);
    this.#nextDay = first + 2;
    const payingDays = options.days - 2;
    // Payouts and their fees are known a day ahead only; at least one, so that a small file has some.
    this.#daily = rates.payouts === 0 || payingDays < 1 ? 0 : Math.max(1, Math.round((rates.payouts * options.payments) / payingDays));
    const missing = rates.settlement_days_missing > 0 && payingDays > 2;
    this.#missingDay = missing ? this.#nextDay + 1 + streams.plan.below(payingDays - 2) : -1;
    if (missing) tally.count('settlement_days_missing');
  }

  /** Takes note of a sale. */
  sold(sale: Movement, at: number): void {
    if (this.#daily === 0) return;
    const day = Math.floor(at / DAY);
    let sums = this.#sales.get(day);
    if (sums === undefined) this.#sales.set(day, (sums = new Map()));
    sums.set(sale.merchant, (sums.get(sale.merchant) ?? 0n) + sale.minor);
  }

  /** Pays out what is due, from five in the morning UTC on, as arrivals leave room. Called with every arrival. */
  payDue(now: number): void {
    while (this.#daily > 0 && now >= this.#nextDay * DAY + 5 * HOUR) {
      const day = this.#nextDay;
      this.#nextDay += 1;
      for (const [merchant, sum] of this.#sales.get(day - 2) ?? []) this.#owed.set(merchant, (this.#owed.get(merchant) ?? 0n) + sum);
      this.#sales.delete(day - 2);
      if (day !== this.#missingDay) this.#payDay(day);
    }
  }

  #payDay(day: number): void {
    let room = this.#daily;
    for (const [merchant, sum] of this.#owed) {
      if (room === 0) return;
      this.#owed.delete(merchant);
      if (sum < 1000n) continue;
      room -= 1;
      this.#pay(merchant, sum, day * DAY + 5 * HOUR + room * 100_000);
    }
  }

  #pay(merchant: Merchant, sum: bigint, at: number): void {
    const { world, followUps } = this.#stage;
    const fee = sum / 70n + 1n;
    const paid = sum - fee;
    const split = world.streams.choices.chance(world.rates.payouts_split);
    const parts = split ? [paid / 2n, paid - paid / 2n] : [paid];
    if (split) world.tally.count('payout_split');
    for (const part of parts) followUps.add({ at, run: (then) => this.#publish('payout', merchant, part, then) });
    followUps.add({ at: at + MINUTE, run: (then) => this.#publish('fee', merchant, fee, then) });
    world.tally.count('payouts');
  }

  #publish(kind: 'payout' | 'fee', merchant: Merchant, minor: bigint, at: number): void {
    const { world, publisher } = this.#stage;
    const movement = makeMovement(world, at, merchant, PRODUCERS.settlement);
    publisher.publish({ ...movement, kind, minor, fields: { settlement_batch: `${merchant.id}-${Math.floor(at / DAY)}` } });
    world.tally.plant(kind === 'fee' ? 'settlement_fee' : 'payout', 'transaction_id', movement.transaction_id);
  }
}
