import { stateOfDay } from './phrases.ts';
import type { Report } from './report.ts';
import { wrapped } from './text-layout.ts';

/** `color`: the output is a terminal that shows ANSI colours. Words say the same without it. */
export interface TextOptions {
  readonly color?: boolean;
}

const GREEN = 32;
const YELLOW = 33;
const RED = 31;
const COLOR_OF_VERDICT = { reconciled: GREEN, pending: YELLOW, incomplete: RED, breaks: RED, not_reconciled: YELLOW } as const;

/** What the report is about, and the answer: the first lines of every text. `asOf` and `proven` say when, and up to where, it was found. */
export function verdictText(report: Report, { color = false }: TextOptions, { asOf = '', proven = '' }: { readonly asOf?: string; readonly proven?: string }): string[] {
  const { verdict, date } = report;
  const day = stateOfDay(report);
  const name = verdict.verdict.replace('_', ' ').toUpperCase();
  const shown = color ? `\u001b[1;${COLOR_OF_VERDICT[verdict.verdict]}m${name}\u001b[0m` : name;
  return [
    `Payments report, ${date === null ? 'all booking days' : `booking day ${date}`}${asOf}`,
    '',
    `  ${shown}: ${verdict.headline}`,
    ...wrapped(verdict.reason),
    ...(proven === '' ? [] : wrapped(proven)),
    ...(day === '' ? [] : wrapped(day)),
  ];
}
