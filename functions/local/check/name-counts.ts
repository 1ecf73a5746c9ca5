import { printable } from '../../payment/found.ts';

/** A name with how often it came, and on which line first. */
export interface NameCount {
  readonly name: string;
  readonly count: number;
  readonly first_line: number;
}

/** Names kept apart. Prevents a file of made-up field names from filling memory; the rest is counted as one. */
export const MAX_NAMES = 1_000;
const OTHERS = '(others)';

/** Counts names, commonest first. Names are made safe to show. */
export function nameCounts(): { add(name: string, line: number): void; counts(): NameCount[] } {
  const counts = new Map<string, { count: number; first_line: number }>();
  return {
    add(name, line) {
      const key = counts.has(name) || counts.size < MAX_NAMES ? name : OTHERS;
      const known = counts.get(key);
      if (known) known.count += 1;
      else counts.set(key, { count: 1, first_line: line });
    },
    counts: () => [...counts].map(([name, count]) => ({ name: printable(name), ...count })).sort((one, other) => other.count - one.count),
  };
}
