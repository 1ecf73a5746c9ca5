import type { Random } from './random.ts';

/** Draws items in proportion to their weights. */
export class Picker<T> {
  readonly #items: readonly T[];
  readonly #cumulated: Float64Array;

  /** One weight ≥ 0 for each item, at least one of them > 0. */
  constructor(items: readonly T[], weightOf: (item: T) => number) {
    this.#items = items;
    this.#cumulated = new Float64Array(items.length);
    let sum = 0;
    for (const [index, item] of items.entries()) {
      sum += weightOf(item);
      this.#cumulated[index] = sum;
    }
    if (!(sum > 0)) throw new Error('A picker needs at least one weight above zero.');
  }

  pick(random: Random): T {
    const point = random.unit() * (this.#cumulated[this.#cumulated.length - 1] as number);
    let low = 0;
    let high = this.#cumulated.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#cumulated[middle] as number) > point) high = middle;
      else low = middle + 1;
    }
    return this.#items[low] as T;
  }
}
