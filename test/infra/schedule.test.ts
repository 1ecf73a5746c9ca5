import { describe, expect, test } from 'vitest';
import { INTERVALS, ONE_RUN_FROM_ROWS } from '../../functions/ledger/intervals.ts';
import { sweepKind } from '../../functions/deployed/post-job.ts';
import { cron, jobsOf } from '../../infra/schedule.ts';

/** Minutes of a day at which a schedule runs, by a reading of cron that knows nothing of how it was made. */
function minutesOfDay(schedule: string): number[] {
  const [minute, hour, ...rest] = schedule.split(' ');
  expect(rest).toEqual(['*', '*', '*']);
  const matches = (field: string, value: number, last: number): boolean => {
    const [range, step = '1'] = field.split('/');
    const [from, to] = range === '*' ? [0, last] : range.includes('-') ? range.split('-').map(Number) : [Number(range), field.includes('/') ? last : Number(range)];
    return value >= from && value <= to && (value - from) % Number(step) === 0;
  };
  return Array.from({ length: 1_440 }, (_, at) => at).filter((at) => matches(minute, at % 60, 59) && matches(hour, Math.floor(at / 60), 23));
}

describe('cron', () => {
  const everyMinutes = [...new Set(INTERVALS.flatMap(({ post_minutes, sweep_minutes, reconcile_minutes }) => [post_minutes, sweep_minutes, reconcile_minutes]))];
  test.each(everyMinutes)('every %i minutes, all day, never on the full hour', (minutes) => {
    const times = minutesOfDay(cron(minutes, 23));
    expect(times).toHaveLength(1_440 / minutes);
    expect(times.slice(1).map((time, index) => time - times[index])).toEqual(Array(times.length - 1).fill(minutes));
    expect(times.filter((time) => time % 60 === 0)).toEqual([]);
  });
});

describe('the jobs of a ledger', () => {
  test.each(INTERVALS.map(({ below_rows }) => Math.min(below_rows, 1e12) - 1))('of %d rows run at the intervals of docs/cost.md', (ledger_rows) => {
    const { post_minutes, sweep_minutes, reconcile_minutes } = INTERVALS.find(({ below_rows }) => ledger_rows < below_rows)!;
    const every = Object.fromEntries(jobsOf({ ledger_rows }).map(({ name, schedule }) => [name, 1_440 / minutesOfDay(schedule).length]));
    expect(every).toEqual({ ...(ledger_rows < ONE_RUN_FROM_ROWS ? { post: post_minutes } : {}), sweep: sweep_minutes, audit: 1_440, reconcile: reconcile_minutes, report: 1_440 });
  });

  test('never start two at the same minute', () => {
    const starts = jobsOf({ ledger_rows: 1 }).flatMap(({ schedule, every_minutes }) => (every_minutes < 60 ? [] : minutesOfDay(schedule)));
    expect(new Set(starts).size).toBe(starts.length);
  });

  test('the nightly audit asks sweepLate for the kind audit', () => {
    const audit = jobsOf({ ledger_rows: 1 }).find(({ name }) => name === 'audit');
    expect(audit?.calls).toBe('sweepLate');
    expect(sweepKind(audit?.body ?? {})).toBe('audit');
  });

  test('a reconciliation waits for posting and sweep alone', () => {
    expect(jobsOf({ ledger_rows: 1 }).filter(({ reconciliation_needs_it }) => reconciliation_needs_it).map(({ name }) => name)).toEqual(['post', 'sweep']);
    expect(jobsOf({ ledger_rows: 1e9 }).filter(({ reconciliation_needs_it }) => reconciliation_needs_it).map(({ name }) => name)).toEqual(['sweep']);
  });
});
