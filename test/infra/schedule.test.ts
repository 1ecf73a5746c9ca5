import { describe, expect, test } from 'vitest';
import { INTERVALS, ONE_RUN_FROM_ROWS } from '../../functions/ledger/intervals.ts';
import { sweepKind } from '../../functions/deployed/post-job.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../functions/payment/time.ts';
import type { JobState } from '../../functions/ports.ts';
import { lastScheduled } from '../../functions/reconciliation/cron.ts';
import { lateJobs } from '../../functions/reconciliation/late-jobs.ts';
import { cron, jobsOf, jobsWatched } from '../../infra/schedule.ts';

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

  test.each([[1, ['post', 'sweep', 'audit', 'report']], [1e9, ['sweep', 'audit', 'report']]])('of %d rows are all watched by a reconciliation but its own', (ledger_rows, watched) => {
    expect(jobsWatched({ ledger_rows }).map(({ name }) => name)).toEqual(watched);
    expect(jobsOf({ ledger_rows }).map(({ name }) => name).filter((name) => !watched.includes(name))).toEqual(['reconcile']);
  });
});

describe('a stack of two days, in every minute of which a reconciliation may ask', () => {
  const MADE = Date.UTC(2026, 2, 11, 0, 40) * 1_000;
  const MINUTE = 60 * MICROS_PER_SECOND;
  const LAST = MADE + 2 * MICROS_PER_DAY;
  const sizes = INTERVALS.map(({ below_rows }) => Math.min(below_rows, 1e12) - 1);

  /** The watched jobs as the scheduler tells of them, where each starts at its minute, is done at once, and `change` happened to one. */
  function statesAt(ledger_rows: number, now: number, change: (job: JobState) => Partial<JobState> = () => ({})): JobState[] {
    return jobsWatched({ ledger_rows }).map(({ name, schedule }) => {
      const last = lastScheduled(schedule, now);
      const job = { name, schedule, enabled: true, last_attempt_at: last !== null && last > MADE ? last : null, last_succeeded: last !== null && last > MADE ? true : null, next_run_at: now + MINUTE, changed_at: MADE };
      return { ...job, ...change(job) };
    });
  }
  const late = (ledger_rows: number, now: number, change?: (job: JobState) => Partial<JobState>) => lateJobs(statesAt(ledger_rows, now, change), jobsWatched({ ledger_rows }).map(({ name }) => name), now);

  test.each(sizes)('no job of a ledger of %d rows is called late where each runs when it should, those of a day not before their first run', (ledger_rows) => {
    for (let now = MADE; now < LAST; now += 7 * MINUTE) expect(late(ledger_rows, now), new Date(now / 1_000).toISOString()).toEqual([]);
  });

  test.each(['audit', 'report'])('%s is missed once it is over half an hour late, first time or not', (missed) => {
    const dueAt = (time: number) => lastScheduled(jobsWatched({ ledger_rows: 1 }).find(({ name }) => name === missed)!.schedule, time)!;
    const never = (job: JobState) => (job.name === missed ? { last_attempt_at: null, last_succeeded: null } : {});
    const [first, second] = [dueAt(MADE + MICROS_PER_DAY), dueAt(LAST)];
    expect(late(1, first + 34 * MINUTE, never)).toEqual([]);
    expect(late(1, first + 35 * MINUTE, never)).toEqual([`the job ${missed} has never run`]);
    const once = (job: JobState) => (job.name === missed ? { last_attempt_at: first } : {});
    expect(late(1, second + 34 * MINUTE, once)).toEqual([]);
    expect(late(1, second + 35 * MINUTE, once)).toEqual([expect.stringContaining(`the job ${missed} should have run at `)]);
  });

  test.each([['is paused', { enabled: false }], ['failed when it ran last', { last_attempt_at: MADE + MICROS_PER_HOUR, last_succeeded: false }]])('an audit that %s makes a reconciliation incomplete', (why, state) => {
    expect(late(1, MADE + 2 * MICROS_PER_HOUR, ({ name }) => (name === 'audit' ? state : {}))).toEqual([expect.stringContaining(`the job audit ${why}`)]);
  });
});
