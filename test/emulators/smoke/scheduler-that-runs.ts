import type { protos } from '@google-cloud/scheduler';
import type { FunctionName } from '../../../functions/deployed/function-variables.ts';
import { JOBS, type JobName } from '../../../infra/names.ts';
import { type SchedulerStandIn, schedulerStandIn } from '../../support/scheduler-stand-in.ts';

type Job = protos.google.cloud.scheduler.v1.IJob;

const CALLS: Readonly<Record<JobName, readonly [FunctionName, query: string]>> = {
  post: ['postLedger', ''],
  sweep: ['sweepLate', ''],
  audit: ['sweepLate', '?kind=audit'],
  reconcile: ['reconcile', ''],
  report: ['publishReport', ''],
};

/** A scheduler with the jobs of a stack, of which none has ever run: one that is run calls its function, whatever runs already. */
export interface SchedulerThatRuns extends SchedulerStandIn {
  /** By job: how many calls of its function were on their way at a time, at most. */
  readonly most_at_once: ReadonlyMap<string, number>;
}

export async function schedulerThatRuns(project: string, region: string, url: (name: FunctionName) => string): Promise<SchedulerThatRuns> {
  const underway = new Map<string, number>();
  const most_at_once = new Map<string, number>();
  const jobs = (Object.keys(JOBS) as JobName[]).map((name): Job => ({ name: `projects/${project}/locations/${region}/jobs/${JOBS[name]}`, schedule: '*/5 * * * *', timeZone: 'Etc/UTC', state: 'ENABLED', scheduleTime: seconds(3_600) }));

  async function run(job: Job): Promise<void> {
    const name = job.name!.split('/').at(-1)!;
    const [called, query] = CALLS[(Object.keys(JOBS) as JobName[]).find((one) => JOBS[one] === name)!];
    underway.set(name, (underway.get(name) ?? 0) + 1);
    most_at_once.set(name, Math.max(most_at_once.get(name) ?? 0, underway.get(name)!));
    const headers = { 'x-cloudscheduler-jobname': name, 'x-cloudscheduler-scheduletime': new Date().toISOString() };
    const status = await fetch(`${url(called)}${query}`, { method: 'POST', headers }).then((answer) => answer.status, () => 503);
    underway.set(name, underway.get(name)! - 1);
    Object.assign(job, { lastAttemptTime: seconds(0), status: { code: status === 200 ? 0 : 13 } });
  }
  return Object.assign(await schedulerStandIn(jobs, false, (job) => void run(job)), { most_at_once });
}

function seconds(from: number): { seconds: number } {
  return { seconds: Math.floor(Date.now() / 1_000) + from };
}
