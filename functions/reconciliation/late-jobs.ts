import { formatMicros, type Micros, MICROS_PER_SECOND } from '../payment/time.ts';
import type { JobState } from '../ports.ts';
import { lastScheduled } from './cron.ts';

/**
 * How late a job may start. Prevents a long run from being taken for a missed one: the scheduler waits up to 30 minutes for a run to end
 * before it starts the next. https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
 */
export const LATE_AFTER: Micros = 35 * 60 * MICROS_PER_SECOND;

/**
 * Why a reconciliation is incomplete as jobs did not run that must, a sentence a job, the first reason that holds: it is missing, paused,
 * never ran though it should have, failed, or did not run when it should have. Other jobs are not looked at. Pure.
 */
export function lateJobs(jobs: readonly JobState[], needed: readonly string[], now: Micros): string[] {
  return needed.flatMap((name) => {
    const job = jobs.find((one) => one.name === name);
    const why = job ? whyLate(job, now) : 'does not exist';
    return why === null ? [] : [`the job ${name} ${why}`];
  });
}

function whyLate(job: JobState, now: Micros): string | null {
  const { schedule, enabled, last_attempt_at, last_succeeded } = job;
  if (!enabled) return 'is paused';
  if (last_attempt_at === null) return isNew(job, now) ? whyNotComing(job, now) : 'has never run';
  if (last_succeeded !== true) return `failed when it ran last (${formatMicros(last_attempt_at)})`;
  const due = lastScheduled(schedule, now - LATE_AFTER);
  if (due !== null && last_attempt_at < due) return `should have run at ${formatMicros(due)}, and ran last at ${formatMicros(last_attempt_at)}`;
  return whyNotComing(job, now);
}

/** What the scheduler says itself: where we can't read the schedule, or there was no run yet, it is all that is known. */
function whyNotComing({ next_run_at }: JobState, now: Micros): string | null {
  if (next_run_at === null) return 'will not run again';
  if (next_run_at < now - LATE_AFTER) return `should have run at ${formatMicros(next_run_at)}`;
  return null;
}

/** Its first run is not due yet: none was, since it was made. So a stack of an hour is not told that its daily jobs never ran. */
function isNew({ schedule, changed_at }: JobState, now: Micros): boolean {
  if (changed_at === null || changed_at === undefined) return false;
  const due = lastScheduled(schedule, now - LATE_AFTER);
  return due !== null && due < changed_at;
}
