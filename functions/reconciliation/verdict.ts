import { counted } from '../figures.ts';
export const VERDICTS = ['incomplete', 'breaks', 'pending', 'reconciled'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a verdict is reached from. */
export interface Evidence {
  /** Why the comparison is not whole: a source empty or behind. */
  readonly incomplete: readonly string[];
  readonly errors: number;
  readonly warnings: number;
  readonly pending: number;
}

/** The verdict, first that fits, and why in one sentence. Pure. */
export function judgeReconciliation({ incomplete, errors, warnings, pending }: Evidence): { verdict: Verdict; reason: string } {
  if (incomplete.length > 0) return { verdict: 'incomplete', reason: `Not everything that was published could be compared: ${incomplete.join('; ')}.` };
  if (errors > 0) return { verdict: 'breaks', reason: `${counted(errors, 'break')} must be acted on${warnings > 0 ? `, besides ${counted(warnings, 'warning')}` : ''}.` };
  if (pending > 0) return { verdict: 'pending', reason: `The money ties out, but for ${counted(pending, 'message')} not posted yet${withWarnings(warnings)}.` };
  return { verdict: 'reconciled', reason: `Every payment that was published is in the ledger exactly once, or in a named bucket${withWarnings(warnings)}.` };
}

function withWarnings(warnings: number): string {
  return warnings > 0 ? `; ${counted(warnings, 'warning')} to look at` : '';
}
