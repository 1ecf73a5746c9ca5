import type { Fault } from '../../payment/fault.ts';

/** One kind of fault in a file: how often, where first, and one example of it, masked. */
export interface FaultCount {
  readonly code: string;
  readonly field: string;
  /** Lines that have it. A line may have several faults. */
  readonly lines: number;
  /** The first lines that have it. */
  readonly first_lines: readonly number[];
  /** What was found on the first of them. */
  readonly example: string;
  readonly fix: string;
}

export interface FaultTally {
  add(faults: readonly Fault[], line: number): void;
  /** Commonest first. */
  counts(): FaultCount[];
}

/** Line numbers shown for each kind of fault. */
const FIRST_LINES = 5;
/** Kinds of fault kept apart. Prevents a file of made-up field names from filling memory; the rest is counted as one. */
export const MAX_KINDS_OF_FAULT = 1_000;

/** Counts faults by code and field. */
export function faultTally(): FaultTally {
  const counts = new Map<string, { fault: Fault; lines: number; last_line: number; first_lines: number[] }>();
  return {
    add(faults, line) {
      for (const fault of faults) {
        const own = `${fault.code} ${fault.field}`;
        const known = counts.has(own) || counts.size < MAX_KINDS_OF_FAULT;
        const key = known ? own : 'others';
        const count = counts.get(key) ?? { fault: known ? fault : { ...fault, code: 'others', field: '' }, lines: 0, last_line: 0, first_lines: [] };
        if (count.last_line === line) continue;
        count.last_line = line;
        count.lines += 1;
        if (count.first_lines.length < FIRST_LINES) count.first_lines.push(line);
        counts.set(key, count);
      }
    },
    counts: () =>
      [...counts.values()]
        .map(({ fault, lines, first_lines }) => ({ code: fault.code, field: fault.field, lines, first_lines, example: fault.found, fix: fault.fix }))
        .sort((one, other) => other.lines - one.lines || one.first_lines[0]! - other.first_lines[0]!),
  };
}
