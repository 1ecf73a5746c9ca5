import { type Market, MARKETS, weightOf } from './markets.ts';
import type { ResolvedOptions } from './options.ts';
import { Picker } from './picker.ts';
import type { Random } from './random.ts';
import { calendar, DAY, MINUTE } from './time-text.ts';
import { offsetAt, weekday, type Zone, ZONES } from './zones.ts';

const MINUTES_A_DAY = 1440;

/** How busy a local minute is: two humps, at lunch and in the evening, over a quiet night. */
const BUSY = Float64Array.from({ length: MINUTES_A_DAY }, (_, minute) => 0.06 + hump(minute, 12.6 * 60, 95) + 1.15 * hump(minute, 18.9 * 60, 110));

function hump(minute: number, middle: number, width: number): number {
  return Math.exp(-0.5 * ((minute - middle) / width) ** 2);
}

interface BusyZone {
  readonly zone: Zone;
  readonly weight: number;
  readonly markets: Picker<Market>;
}

/**
 * When payments happen and in which market: exactly `payments` times, in order, following local time, weekends, paydays
 * and one peak day. Times are drawn as sorted uniform numbers, one after the other, and bent by the cumulated traffic.
 */
export class Arrivals {
  /** Microseconds since 1970. */
  at = 0;
  readonly peak_day: number;
  readonly #options: ResolvedOptions;
  readonly #random: Random;
  readonly #zones: readonly BusyZone[];
  readonly #cumulated: Float64Array;
  #left: number;
  #above = 1;
  #minute = 0;
  #zonePicker: Picker<number> | null = null;

  constructor(options: ResolvedOptions, markets: readonly Market[], random: Random) {
    this.#options = options;
    this.#random = random;
    this.#left = options.payments;
    this.peak_day = options.start / DAY + Math.min(options.days - 1, 2 + Math.floor(random.unit() * Math.max(1, options.days - 3)));
    const weight = (market: Market): number => weightOf(market, options.rates);
    this.#zones = ZONES.map((zone) => ({ zone, members: MARKETS.filter((market) => market.zone === zone.name && markets.includes(market) && weight(market) > 0) }))
      .filter(({ members }) => members.length > 0)
      .map(({ zone, members }) => ({ zone, weight: members.reduce((sum, market) => sum + weight(market), 0), markets: new Picker(members, weight) }));
    this.#cumulated = this.#cumulate();
  }

  get left(): number {
    return this.#left;
  }

  /** Moves `at` on to the next arrival; false when there are no more. */
  next(): boolean {
    if (this.#left === 0) return false;
    this.#above *= this.#random.unit() ** (1 / this.#left);
    this.#left -= 1;
    const total = this.#cumulated[this.#cumulated.length - 1] as number;
    const point = (1 - this.#above) * total;
    while (this.#minute < this.#cumulated.length - 1 && (this.#cumulated[this.#minute] as number) < point) {
      this.#minute += 1;
      this.#zonePicker = null;
    }
    const before = this.#minute === 0 ? 0 : (this.#cumulated[this.#minute - 1] as number);
    const within = Math.min(0.999_999, (point - before) / ((this.#cumulated[this.#minute] as number) - before));
    this.at = Math.floor(this.#options.start + (this.#minute + within) * MINUTE);
    return true;
  }

  /** A market that is awake at the arrival's minute. */
  market(): Market {
    this.#zonePicker ??= new Picker(
      this.#zones.map((_, index) => index),
      (index) => this.#traffic(index, this.#minute),
    );
    return (this.#zones[this.#zonePicker.pick(this.#random)] as BusyZone).markets.pick(this.#random);
  }

  #cumulate(): Float64Array {
    const cumulated = new Float64Array(this.#options.days * MINUTES_A_DAY);
    let sum = 0;
    for (let minute = 0; minute < cumulated.length; minute += 1) {
      for (let zone = 0; zone < this.#zones.length; zone += 1) sum += this.#traffic(zone, minute);
      cumulated[minute] = sum;
    }
    return cumulated;
  }

  /** Traffic of a zone in a minute of the period. */
  #traffic(index: number, minute: number): number {
    const { zone, weight } = this.#zones[index] as BusyZone;
    const utc = this.#options.start + minute * MINUTE;
    const local = utc + offsetAt(zone, utc) * MINUTE;
    const day = Math.floor(local / DAY);
    return weight * (BUSY[Math.floor((local - day * DAY) / MINUTE)] as number) * this.#dayFactor(day);
  }

  readonly #dayFactors = new Map<number, number>();

  #dayFactor(day: number): number {
    let factor = this.#dayFactors.get(day);
    if (factor === undefined) {
      const { rates } = this.#options;
      const weekend = weekday(day) === 0 || weekday(day) === 6;
      const payday = calendar(day).date <= 2 || calendar(day + 1).date === 1;
      factor = (day === this.peak_day ? rates.peak_day_factor : 1) * (weekend ? rates.weekend_factor : 1) * (payday ? rates.payday_factor : 1);
      this.#dayFactors.set(day, factor);
    }
    return factor;
  }
}
