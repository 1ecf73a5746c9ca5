import { type Rates, resolveRates } from './rates.ts';
import { DAY } from './time-text.ts';

export interface SimulateOptions {
  /** Money movements of all kinds, before copies. */
  readonly payments: number;
  /** Whole days of traffic. */
  readonly days: number;
  /** A whole number; the same one gives the same bytes. */
  readonly seed: number;
  /** First day, RFC 3339 in UTC. The default puts 29 February, a month's end and summer time in the US into two weeks. */
  readonly start?: string;
  /** The base name under which the file will be ingested: messages without an id are SOURCE:LINE. */
  readonly source: string;
  readonly rates?: Partial<Record<string, number>>;
}

/** Options with every default filled in. Times in microseconds since 1970. */
export interface ResolvedOptions {
  readonly payments: number;
  readonly days: number;
  readonly seed: number;
  readonly start: number;
  readonly end: number;
  readonly source: string;
  readonly rates: Rates;
}

export const DEFAULT_START = '2024-02-26T00:00:00Z';

/**
 * Fills in the defaults.
 * @throws Error naming every option that is out of its range.
 */
export function resolveOptions(options: SimulateOptions): ResolvedOptions {
  const faults: string[] = [];
  const startText = options.start ?? DEFAULT_START;
  const start = Date.parse(startText) * 1000;
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$/.test(startText) || Number.isNaN(start)) faults.push(`The start must be a UTC time such as ${DEFAULT_START}, not ${startText}.`);
  if (!(Number.isInteger(options.payments) && options.payments >= 1 && options.payments <= 100_000_000)) faults.push('Payments must be a whole number from 1 to 100,000,000.');
  if (!(Number.isInteger(options.days) && options.days >= 1 && options.days <= 1000)) faults.push('Days must be a whole number from 1 to 1,000.');
  if (!Number.isSafeInteger(options.seed)) faults.push('The seed must be a whole number.');
  if (options.source === '') faults.push('The source must be named.');
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return {
    payments: options.payments,
    days: options.days,
    seed: options.seed,
    start,
    end: start + options.days * DAY,
    source: options.source,
    rates: resolveRates(options.rates ?? {}),
  };
}
