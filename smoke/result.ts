/** What a fact or a check came to. */
export type Outcome = 'ok' | 'failed' | 'skipped';

/** One line of the result. */
export interface Result {
  readonly name: string;
  /** What is asked, as a sentence goes on: “asks whether …”. */
  readonly asks: string;
  readonly result: Outcome;
  /** What was seen; where it was skipped, why. Never a payload. */
  readonly found: string;
  /** What to do or to look at, where it failed; null otherwise. */
  readonly next: string | null;
}

/** What was seen, and whether that is as it should be. */
export interface Finding {
  readonly ok: boolean;
  readonly found: string;
}

/** A finding that holds. */
export function right(found: string): Finding {
  return { ok: true, found };
}

/** A finding that doesn't. */
export function wrong(found: string): Finding {
  return { ok: false, found };
}

/** Right where no fault was found. */
export function unlessFaults(faults: readonly string[], found: string): Finding {
  return faults.length === 0 ? right(found) : wrong(faults.join('; '));
}

/** The whole run. */
export interface SmokeResult {
  readonly run: string;
  readonly project: string;
  readonly on_emulators: boolean;
  /** Messages published. */
  readonly messages: number;
  readonly payments: number;
  readonly results: readonly Result[];
  /** Remarks that are no result. */
  readonly notes: readonly string[];
}

/** True where nothing failed. */
export function isAllRight({ results }: Pick<SmokeResult, 'results'>): boolean {
  return results.every(({ result }) => result !== 'failed');
}
