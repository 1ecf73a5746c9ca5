import { counted } from '../../figures.ts';
import type { BreaksPart } from './breaks-part.ts';
import type { ReportVerdict } from './verdict-part.ts';

/** One thing to do, the most urgent first. */
export interface Action {
  readonly severity: 'error' | 'warning' | 'note';
  /** What it is about. */
  readonly what: string;
  readonly next_step: string;
  /** The type of the breaks, where it is about breaks. */
  readonly break_type: string | null;
}

/** What to do after reading a report: what keeps the proof from being one, errors, warnings, then what time will mend. */
export function nextActions(verdict: ReportVerdict, breaks: BreaksPart): Action[] {
  const ofBreaks = breaks.by_type
    .toSorted((left, right) => (left.severity === right.severity ? right.breaks - left.breaks : left.severity < right.severity ? -1 : 1))
    .map((group): Action => ({
      severity: group.severity === 'error' ? 'error' : 'warning',
      what: `${counted(group.breaks, 'break')}: ${group.title}`,
      next_step: group.next_step,
      break_type: group.break_type,
    }));
  return [...beforeBreaks(verdict), ...ofBreaks, ...afterBreaks(verdict)];
}

function beforeBreaks({ verdict }: ReportVerdict): Action[] {
  if (verdict === 'not_reconciled') return [note('There is no proof yet', 'Run `reconcile`, then ask for this report again.')];
  if (verdict === 'incomplete') return [note('The input is not complete', 'Finish reading the input, then run `reconcile` again.')];
  return [];
}

function afterBreaks({ verdict, posting_runs_since }: ReportVerdict): Action[] {
  const waiting = verdict === 'pending' ? [note('Payments wait to be posted', 'The next posting takes them; then run `reconcile` again.')] : [];
  if (verdict === 'not_reconciled' || posting_runs_since === 0) return waiting;
  return [...waiting, note(`${counted(posting_runs_since, 'posting run')} came after this proof`, 'Run `reconcile` again: the proof says nothing about what came since.')];
}

function note(what: string, next_step: string): Action {
  return { severity: 'note', what, next_step, break_type: null };
}
