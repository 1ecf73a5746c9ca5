import { CloudSchedulerClient, type protos } from '@google-cloud/scheduler';
import { credentials } from '@grpc/grpc-js';
import { type Micros, MICROS_PER_SECOND } from '../../payment/time.ts';
import type { Jobs, JobState } from '../../ports.ts';

type GoogleJob = protos.google.cloud.scheduler.v1.IJob;
type GoogleTime = protos.google.protobuf.ITimestamp;

/** Where the jobs are. */
export interface SchedulerPlace {
  readonly project: string;
  /** The region. */
  readonly location: string;
}

/** Milliseconds until a call is given up. Prevents a reconciliation from waiting for a scheduler that doesn't answer. */
const DEADLINE_MILLISECONDS = 20_000;
const NANOS_PER_MICRO = 1_000;
/** Names of a time zone in which cron means what we take it for. */
const UTC: ReadonlySet<string> = new Set(['', 'utc', 'etc/utc', 'gmt', 'etc/gmt']);

/** Google's client; `options` are the library's (tests name another address). */
export function schedulerClient(options: ConstructorParameters<typeof CloudSchedulerClient>[0] = {}): CloudSchedulerClient {
  return new CloudSchedulerClient(options);
}

/** Google's client for an address; one without TLS is called without credentials: it is not Google's. */
export function schedulerClientAt(url: string): CloudSchedulerClient {
  const { protocol, hostname, port } = new URL(url);
  return protocol === 'http:' ? schedulerClient({ apiEndpoint: hostname, port: Number(port), sslCreds: credentials.createInsecure() as never }) : schedulerClient({ apiEndpoint: hostname });
}

/** The scheduler's jobs of one region, under their short names. Rejects with the client's error (`code` is gRPC's: 5 where there is no such job, 7 without the right). */
export function schedulerJobs(client: CloudSchedulerClient, { project, location }: SchedulerPlace): Jobs {
  const parent = `projects/${project}/locations/${location}`;
  const job = (name: string) => ({ name: `${parent}/jobs/${name}` });
  const call = { timeout: DEADLINE_MILLISECONDS };
  return {
    async list() {
      const [jobs] = await client.listJobs({ parent }, call); // all pages
      return jobs.map(stateOf);
    },
    run: async (name) => void (await client.runJob(job(name), call)),
    pause: async (name) => void (await client.pauseJob(job(name), call)),
    resume: async (name) => void (await client.resumeJob(job(name), call)),
  };
}

/** A job as Google tells it. The status of the last attempt has code 0, or none, where it succeeded. */
export function stateOf(job: GoogleJob): JobState {
  const last_attempt_at = microsOf(job.lastAttemptTime);
  const zone = job.timeZone ?? '';
  return {
    name: (job.name ?? '').split('/').at(-1)!,
    schedule: UTC.has(zone.toLowerCase()) ? (job.schedule ?? '') : `${job.schedule} (${zone})`,
    enabled: job.state === 'ENABLED' || job.state === 1,
    last_attempt_at,
    last_succeeded: last_attempt_at === null ? null : (job.status?.code ?? 0) === 0,
    next_run_at: microsOf(job.scheduleTime),
    changed_at: microsOf(job.userUpdateTime),
  };
}

function microsOf(time: GoogleTime | null | undefined): Micros | null {
  if (time === null || time === undefined) return null;
  return Number(time.seconds ?? 0) * MICROS_PER_SECOND + Math.floor((time.nanos ?? 0) / NANOS_PER_MICRO);
}
