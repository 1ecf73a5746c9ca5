import { counted, grouped } from '../../figures.ts';
import type { FaultCount } from './fault-tally.ts';
import type { Total } from './totals.ts';

/** Faults for people: one paragraph each. */
export function renderFaults(faults: readonly FaultCount[]): string[] {
  return faults.flatMap((fault) => [
    `  ${fault.code}${fault.field === '' ? '' : ` in ${fault.field}`}: ${counted(fault.lines, 'line')} (first: ${fault.first_lines.join(', ')})`,
    `    found ${fault.example}`,
    `    ${fault.fix}`,
  ]);
}

/** Control totals as a table: currency, kind, count, money. */
export function renderTotals(totals: readonly Total[]): string[] {
  const widest = (texts: readonly string[]) => Math.max(...texts.map((text) => text.length));
  const kind = widest(totals.map((total) => total.kind));
  const payments = widest(totals.map((total) => grouped(total.payments)));
  const amount = widest(totals.map((total) => grouped(total.amount)));
  return totals.map((total) => `  ${total.currency}  ${total.kind.padEnd(kind)}  ${grouped(total.payments).padStart(payments)}  ${grouped(total.amount).padStart(amount)}`);
}
