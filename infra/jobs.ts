import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, replaceable } from './context.ts';
import { secondsText } from './function-list.ts';
import { accountEmail, ACCOUNTS, JOBS, serviceAddress } from './names.ts';
import { jobsOf, type ScheduledJob } from './schedule.ts';

/** Tries of a run that failed; the next run does the same work. */
const RETRIES = 3;
/** Seconds before the first retry; they double. */
const RETRY_AFTER_SECONDS = 30;

/** The scheduler's jobs. Their deadline is the function's time limit: with the default of 3 minutes a long sweep would be started again beside itself. */
export class Jobs extends pulumi.ComponentResource {
  readonly jobs: readonly gcp.cloudscheduler.Job[];

  constructor(context: Context, after: After) {
    super('payments:gcp:Jobs', 'jobs');
    this.jobs = jobsOf(context.configuration).map((job) => scheduled(context, this, job, after));
    this.registerOutputs();
  }
}

function scheduled({ configuration, project_number }: Context, parent: pulumi.Resource, { name, calls, schedule, body }: ScheduledJob, after: After): gcp.cloudscheduler.Job {
  const { project, region, job_timeout } = configuration;
  const address = project_number.apply((number) => serviceAddress(calls, number, region));
  return new gcp.cloudscheduler.Job(
    JOBS[name],
    {
      project, region, name: JOBS[name], description: `Payments: calls ${calls}`, schedule, timeZone: 'Etc/UTC',
      attemptDeadline: secondsText(job_timeout),
      retryConfig: { retryCount: RETRIES, minBackoffDuration: `${RETRY_AFTER_SECONDS}s`, maxBackoffDuration: '600s', maxDoublings: 5 },
      httpTarget: {
        uri: address, httpMethod: 'POST', headers: { 'Content-Type': 'application/json' }, body: Buffer.from(JSON.stringify(body ?? {})).toString('base64'),
        oidcToken: { serviceAccountEmail: accountEmail(ACCOUNTS.scheduler, project), audience: address },
      },
    },
    replaceable(parent, after),
  );
}
