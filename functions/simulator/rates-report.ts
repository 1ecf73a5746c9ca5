import type { RealisedRate } from './realised-rates.ts';

const COLUMNS = ['rate', 'default', 'set', 'realised', 'what it is'] as const;

/** The rates as a text table, realised beside default. Rates that are set otherwise are marked. */
export function ratesReport(rates: readonly RealisedRate[]): string {
  const rows = rates.map((rate) => [
    rate.name,
    formatRate(rate, rate.default),
    rate.set === rate.default ? '' : formatRate(rate, rate.set),
    rate.realised === null ? '–' : formatRate(rate, rate.realised),
    rate.description,
  ]);
  const widths = COLUMNS.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] as string).length)));
  const line = (cells: readonly string[]): string => cells.map((cell, column) => (column === 0 || column === 4 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number))).join('  ').trimEnd();
  return ['The defaults are assumptions from practice, not measurements; each can be set with --rate name=value.', 'In small files rare faults come more often than their rate, so that each comes at all.', '', line(COLUMNS), ...rows.map(line), ''].join('\n');
}

function formatRate({ unit }: RealisedRate, value: number): string {
  if (unit === 'share') return `${significant(100 * value)} %`;
  return unit === 'per day' ? `${significant(value)} a day` : significant(value);
}

function significant(value: number): string {
  return value === 0 ? '0' : String(Number(value.toPrecision(3)));
}
