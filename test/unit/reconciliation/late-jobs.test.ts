import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMicros, MICROS_PER_SECOND, parseRfc3339 } from '../../../functions/payment/time.ts';
import type { JobState } from '../../../functions/ports.ts';
import { lastScheduled } from '../../../functions/reconciliation/cron.ts';
import { LATE_AFTER, lateJobs } from '../../../functions/reconciliation/late-jobs.ts';

const at = (time: string) => parseRfc3339(time)!.micros;
const MINUTE = 60 * MICROS_PER_SECOND;

/** 2026-03-11 is a Wednesday. */
const NOW = '2026-03-11T12:00:30Z';

describe('a schedule came true last', () => {
  test.each<[string, string, string | null]>([
    ['* * * * *', NOW, '2026-03-11T12:00:00Z'],
    ['2-59/5 * * * *', NOW, '2026-03-11T11:57:00Z'],
    ['2-59/5 * * * *', '2026-03-11T12:02:00Z', '2026-03-11T12:02:00Z'],
    ['2-59/5 * * * *', '2026-03-11T12:01:59.999999Z', '2026-03-11T11:57:00Z'],
    ['23 * * * *', NOW, '2026-03-11T11:23:00Z'],
    ['23 */6 * * *', NOW, '2026-03-11T06:23:00Z'],
    ['0 12 * * *', NOW, '2026-03-11T12:00:00Z'],
    ['1 12 * * *', NOW, '2026-03-10T12:01:00Z'],
    ['53 3 * * *', NOW, '2026-03-11T03:53:00Z'],
    ['5,10,59 0 * * *', NOW, '2026-03-11T00:59:00Z'],
    ['0 0 1 * *', NOW, '2026-03-01T00:00:00Z'],
    ['0 0 29 2 *', NOW, '2024-02-29T00:00:00Z'],
    ['0 0 * * 0', NOW, '2026-03-08T00:00:00Z'],
    ['0 0 * * 7', NOW, '2026-03-08T00:00:00Z'],
    ['0 0 * * 1-5', NOW, '2026-03-11T00:00:00Z'],
    ['0 0 10 * 5', NOW, '2026-03-10T00:00:00Z'], // the 10th, or a Friday
    ['0 0 10 * *', '2026-03-09T00:00:00Z', '2026-02-10T00:00:00Z'],
    ['10/20 * * * *', NOW, '2026-03-11T11:50:00Z'],
    ['0 0 30 2 *', NOW, null],
    ['60 * * * *', NOW, null],
    ['* 24 * * *', NOW, null],
    ['* * 0 * *', NOW, null],
    ['*/0 * * * *', NOW, null],
    ['5-2 * * * *', NOW, null],
    ['* * * *', NOW, null],
    ['* * * * * *', NOW, null],
    ['every 5 minutes', NOW, null],
    ['0 0 * JAN *', NOW, null],
    ['0 6 * * * (Europe/Berlin)', NOW, null],
    ['', NOW, null],
  ])('%s, seen from %s: %s', (schedule, before, expected) => {
    const found = lastScheduled(schedule, at(before));
    expect(found === null ? null : formatMicros(found)).toBe(expected);
  });

  test('and never between then and now', () => {
    const field = (least: number, most: number) => fc.oneof(fc.constant('*'), fc.integer({ min: least, max: most }).map(String), fc.integer({ min: 1, max: 30 }).map((step) => `*/${step}`));
    const schedule = fc.tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), fc.constant('*')).map((fields) => fields.join(' '));
    fc.assert(fc.property(schedule, fc.integer({ min: 0, max: 400 * 24 * 60 }), fc.integer({ min: 0, max: 1_000 }), (text, minutes, thousandths) => {
      const before = at('2026-01-01T00:00:00Z') + minutes * MINUTE + 1;
      const last = lastScheduled(text, before)!;
      expect(last).toBeLessThanOrEqual(before);
      expect(lastScheduled(text, last)).toBe(last); // it is a time of the schedule
      expect(lastScheduled(text, last + Math.floor(((before - last) * thousandths) / 1_000))).toBe(last);
    }));
  });
});

const GOOD: JobState = { name: 'post-ledger', schedule: '2-59/5 * * * *', enabled: true, last_attempt_at: at('2026-03-11T11:57:02Z'), last_succeeded: true, next_run_at: at('2026-03-11T12:02:00Z') };

describe('a job that must run', () => {
  test.each<[string, Partial<JobState>, string | null]>([
    ['did', {}, null],
    ['is paused', { enabled: false }, 'is paused'],
    ['is paused, and failed before', { enabled: false, last_succeeded: false }, 'is paused'],
    ['never ran', { last_attempt_at: null, last_succeeded: null }, 'has never run'],
    ['failed', { last_succeeded: false }, 'failed when it ran last (2026-03-11T11:57:02Z)'],
    ['is not known to have succeeded', { last_succeeded: null }, 'failed when it ran last (2026-03-11T11:57:02Z)'],
    ['missed a few runs of five minutes, which a long run may cause', { last_attempt_at: at('2026-03-11T11:25:00Z') }, null],
    ['missed more', { last_attempt_at: at('2026-03-11T11:21:59Z') }, 'should have run at 2026-03-11T11:22:00Z, and ran last at 2026-03-11T11:21:59Z'],
    ['of an hour did', { schedule: '50 * * * *', last_attempt_at: at('2026-03-11T10:50:01Z') }, null],
    ['of an hour did not', { schedule: '20 * * * *', last_attempt_at: at('2026-03-11T10:20:01Z') }, 'should have run at 2026-03-11T11:20:00Z, and ran last at 2026-03-11T10:20:01Z'],
    ['of a day did not', { schedule: '53 3 * * *', last_attempt_at: at('2026-03-10T03:53:01Z') }, 'should have run at 2026-03-11T03:53:00Z, and ran last at 2026-03-10T03:53:01Z'],
    ['was paused for a day until just now', { last_attempt_at: at('2026-03-10T11:57:02Z') }, 'should have run at 2026-03-11T11:22:00Z, and ran last at 2026-03-10T11:57:02Z'],
    ['has a schedule that we can not read', { schedule: 'every 5 minutes' }, null],
    ['has one, and is behind it', { schedule: 'every 5 minutes', next_run_at: at(NOW) - LATE_AFTER - 1 }, 'should have run at 2026-03-11T11:25:29.999999Z'],
    ['will not run again', { next_run_at: null }, 'will not run again'],
  ])('%s', (_name, more, why) => expect(lateJobs([{ ...GOOD, ...more }], ['post-ledger'], at(NOW))).toEqual(why === null ? [] : [`the job post-ledger ${why}`]));
});

test('every job that must exist is looked for, and no other', () => {
  const other = { ...GOOD, name: 'another', enabled: false };
  expect(lateJobs([other, GOOD], ['post-ledger', 'sweep-late'], at(NOW))).toEqual(['the job sweep-late does not exist']);
  expect(lateJobs([], [], at(NOW))).toEqual([]);
});
