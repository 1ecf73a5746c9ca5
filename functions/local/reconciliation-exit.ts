import type { ReconciliationResult } from '../reconciliation/reconcile.ts';
import { EXIT, type ExitCode } from '../failure.ts';

/** 0 where the books are reconciled or what is pending is within its age (overdue would be a break), else 1. */
export function reconciliationExitCode({ verdict }: Pick<ReconciliationResult, 'verdict'>): ExitCode {
  return verdict === 'reconciled' || verdict === 'pending' ? EXIT.ok : EXIT.breaks;
}
