import type { FaultCount } from './fault-tally.ts';
import type { Total } from './totals.ts';

/** A whole number with commas: 1,234,567. */
export function count(number: number): string {
  return number.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 line`, `2 lines`. */
export function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

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
  const payments = widest(totals.map((total) => count(total.payments)));
  const amount = widest(totals.map((total) => total.amount));
  return totals.map((total) => `  ${total.currency}  ${total.kind.padEnd(kind)}  ${count(total.payments).padStart(payments)}  ${total.amount.padStart(amount)}`);
}
