import fc from 'fast-check';

/** Choices of one run, all from fast-check's seed. */
export interface Draw {
  /** A whole number from 0 on, below `most`. */
  below(most: number): number;
  one<T>(list: readonly T[]): T;
  /** True once in `times`. */
  onceIn(times: number): boolean;
  /** So many, at most, of what `make` makes. */
  some<T>(most: number, make: (number: number) => T): T[];
}

export const draws: fc.Arbitrary<Draw> = fc.gen().map((draw) => {
  const below = (most: number) => draw(fc.nat, most - 1);
  return {
    below,
    one: (list) => list[below(list.length)],
    onceIn: (times) => below(times) === 0,
    some: (most, make) => Array.from({ length: below(most + 1) }, (_, number) => make(number)),
  };
});
