/** Lines that repeat an earlier one in some way. */
export interface Repeated {
  readonly count: number;
  /** The first that does, and the line that it repeats. */
  readonly example: { readonly line: number; readonly repeats_line: number } | null;
}

/** Counts repeats and keeps the first as an example. */
export function repeats(): { add(line: number, repeatsLine: number): void; counted(): Repeated } {
  let count = 0;
  let example: Repeated['example'] = null;
  return {
    add(line, repeats_line) {
      count += 1;
      example ??= { line, repeats_line };
    },
    counted: () => ({ count, example }),
  };
}
