import type { FunctionName } from '../functions/deployed/function-variables.ts';
import { intervalsFor, ONE_RUN_FROM_ROWS } from '../functions/ledger/intervals.ts';
import type { StackConfiguration } from './configuration.ts';
import type { JobName } from './names.ts';

/** A scheduled job. Times are UTC. */
export interface ScheduledJob {
  readonly name: JobName;
  readonly calls: FunctionName;
  /** Five fields of cron. */
  readonly schedule: string;
  readonly every_minutes: number;
  /** What is asked for, as the body of the request. */
  readonly body?: Readonly<Record<string, string>>;
}

const MINUTES_PER_DAY = 24 * 60;

/** Off the full hour, where everybody's jobs run, and each at another minute. The report comes when the day before is over: after the first posting of the new one. */
const AT_MINUTE: Readonly<Record<JobName, number>> = { post: 2, sweep: 23, audit: 37, reconcile: 41, report: 53 };
/** Hours, UTC, of what runs once a day. The audit comes before the report, so that the report has what it found. */
const AT_HOUR = { audit: 1, report: 3 } as const;

/** The jobs for a ledger of the size that is expected. From ONE_RUN_FROM_ROWS on a sweep does the posting's work as well. */
export function jobsOf({ ledger_rows }: Pick<StackConfiguration, 'ledger_rows'>): ScheduledJob[] {
  const { post_minutes, sweep_minutes, reconcile_minutes } = intervalsFor(ledger_rows);
  const every = (name: JobName, calls: FunctionName, minutes: number): ScheduledJob => ({ name, calls, schedule: cron(minutes, AT_MINUTE[name]), every_minutes: minutes });
  const daily = (name: 'audit' | 'report', calls: FunctionName): ScheduledJob => ({ name, calls, schedule: cron(MINUTES_PER_DAY, AT_MINUTE[name], AT_HOUR[name]), every_minutes: MINUTES_PER_DAY });
  return [
    ...(ledger_rows < ONE_RUN_FROM_ROWS ? [every('post', 'postLedger', post_minutes)] : []),
    every('sweep', 'sweepLate', sweep_minutes),
    { ...daily('audit', 'sweepLate'), body: { kind: 'audit' } },
    every('reconcile', 'reconcile', reconcile_minutes),
    daily('report', 'publishReport'),
  ];
}

/** The jobs that a reconciliation asks for: all but its own, whose absence it can't see. Where one of them is paused or late it is incomplete. */
export function jobsWatched(configuration: Pick<StackConfiguration, 'ledger_rows'>): ScheduledJob[] {
  return jobsOf(configuration).filter(({ calls }) => calls !== 'reconcile');
}

/** Minutes between runs as five fields of cron, from a minute of the hour on: a divisor of an hour, or hours that divide a day. */
export function cron(everyMinutes: number, minute: number, hour = 0): string {
  if (everyMinutes < 60) return `${minute % everyMinutes}-59/${everyMinutes} * * * *`;
  if (everyMinutes === 60) return `${minute} * * * *`;
  if (everyMinutes < MINUTES_PER_DAY) return `${minute} */${everyMinutes / 60} * * *`;
  return `${minute} ${hour} * * *`;
}
