import { createRequire } from 'node:module';
import { type sendUnaryData, Server, ServerCredentials, type ServerUnaryCall, type ServiceDefinition, status } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import type { protos } from '@google-cloud/scheduler';

type Job = protos.google.cloud.scheduler.v1.IJob;
type Call = ServerUnaryCall<{ name: string; parent: string; pageToken: string }, unknown>;

/** Google's scheduler in this process: its own service definition, over gRPC, two jobs a page. */
export interface SchedulerStandIn {
  readonly port: number;
  /** Calls that came, in order: `PauseJob projects/p/…`. */
  readonly calls: string[];
  close(): void;
}

const JOBS_A_PAGE = 2;
const REFUSED = { code: status.PERMISSION_DENIED, details: 'The caller does not have permission' };
const UNKNOWN = { code: status.NOT_FOUND, details: 'Job not found' };

/** Serves these jobs on a port of 127.0.0.1; `forbids` refuses every call, `onRun` takes each job that is run. */
export async function schedulerStandIn(jobs: readonly Job[], forbids = false, onRun: (job: Job) => void = () => undefined): Promise<SchedulerStandIn> {
  const protosOf = createRequire(import.meta.url)('@google-cloud/scheduler/build/protos/protos.json') as Parameters<typeof fromJSON>[0];
  const service = fromJSON(protosOf, { keepCase: false, longs: String, enums: String, defaults: false })['google.cloud.scheduler.v1.CloudScheduler'] as unknown as ServiceDefinition;
  const calls: string[] = [];
  const onJob = (method: string) => ({ request }: Call, answer: sendUnaryData<Job>) => {
    calls.push(`${method} ${request.name}`);
    const found = jobs.find(({ name }) => name === request.name);
    if (forbids) answer(REFUSED);
    else if (found) {
      if (method === 'RunJob') onRun(found);
      answer(null, found);
    } else answer(UNKNOWN);
  };
  const server = new Server();
  server.addService(service, {
    ListJobs({ request }: Call, answer: sendUnaryData<{ jobs: readonly Job[]; nextPageToken: string }>) {
      calls.push(`ListJobs ${request.parent}`);
      const first = Number(request.pageToken || 0);
      const next = first + JOBS_A_PAGE;
      if (forbids) answer(REFUSED);
      else answer(null, { jobs: jobs.slice(first, next), nextPageToken: next < jobs.length ? String(next) : '' });
    },
    RunJob: onJob('RunJob'),
    PauseJob: onJob('PauseJob'),
    ResumeJob: onJob('ResumeJob'),
  });
  const port = await new Promise<number>((resolve, reject) => server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))));
  return { port, calls, close: () => server.forceShutdown() };
}
