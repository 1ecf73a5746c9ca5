import { credentials } from '@grpc/grpc-js';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { schedulerClient, schedulerJobs, stateOf } from '../../../functions/adapters/google/scheduler-jobs.ts';
import { type SchedulerStandIn, schedulerStandIn } from '../../support/scheduler-stand-in.ts';

const PARENT = 'projects/p/locations/europe-west1';
const named = (name: string) => `${PARENT}/jobs/${name}`;
const POST = { name: named('post-ledger'), schedule: '2-59/5 * * * *', timeZone: 'Etc/UTC', state: 'ENABLED' as const, userUpdateTime: { seconds: '1773000000' }, lastAttemptTime: { seconds: '1773230222', nanos: 123_456_789 }, scheduleTime: { seconds: '1773230520' }, status: { code: 0 } };

vi.stubEnv('METADATA_SERVER_DETECTION', 'none'); // no look beyond this machine

let server: SchedulerStandIn;
let close: (() => Promise<void>) | null = null;
afterEach(async () => {
  await close?.();
  close = null;
});

async function jobsOf(...served: Parameters<typeof schedulerStandIn>) {
  server = await schedulerStandIn(...served);
  const client = schedulerClient({ projectId: 'p', apiEndpoint: '127.0.0.1', port: server.port, sslCreds: credentials.createInsecure() as never });
  close = () => client.close().finally(() => server.close());
  return schedulerJobs(client, { project: 'p', location: 'europe-west1' });
}

test('lists the jobs of a region, from page to page', async () => {
  const jobs = await jobsOf([POST, { ...POST, name: named('sweep-late'), state: 'PAUSED' }, { name: named('reconcile'), schedule: '41 * * * *', state: 'ENABLED' }]);
  expect(await jobs.list()).toEqual([
    { name: 'post-ledger', schedule: '2-59/5 * * * *', enabled: true, last_attempt_at: 1_773_230_222_123_456, last_succeeded: true, next_run_at: 1_773_230_520_000_000, changed_at: 1_773_000_000_000_000 },
    expect.objectContaining({ name: 'sweep-late', enabled: false }),
    { name: 'reconcile', schedule: '41 * * * *', enabled: true, last_attempt_at: null, last_succeeded: null, next_run_at: null, changed_at: null },
  ]);
  expect(server.calls).toEqual([`ListJobs ${PARENT}`, `ListJobs ${PARENT}`]);
});

test('runs, pauses and resumes one', async () => {
  const jobs = await jobsOf([POST]);
  await jobs.run('post-ledger');
  await jobs.pause('post-ledger');
  await jobs.resume('post-ledger');
  expect(server.calls).toEqual([`RunJob ${POST.name}`, `PauseJob ${POST.name}`, `ResumeJob ${POST.name}`]);
});

test('rejects for a job that does not exist', async () => {
  const jobs = await jobsOf([POST]);
  await expect(jobs.run('post')).rejects.toMatchObject({ code: 5 });
});

test('rejects where it may not look: no jobs is not the same as none that we may see', async () => {
  const jobs = await jobsOf([POST], true);
  await expect(jobs.list()).rejects.toMatchObject({ code: 7 });
});

describe('a job as Google tells it', () => {
  const at = { seconds: 5 };
  test.each([
    ['failed', { lastAttemptTime: at, status: { code: 13 } }, { last_succeeded: false }],
    ['succeeded: no status', { lastAttemptTime: at }, { last_succeeded: true, last_attempt_at: 5_000_000 }],
    ['succeeded: a status without a code', { lastAttemptTime: at, status: {} }, { last_succeeded: true }],
    ['never ran, whatever its status', { status: { code: 0 } }, { last_succeeded: null }],
    ['disabled by the system', { state: 'DISABLED' as const }, { enabled: false }],
    ['not updated', { state: 'UPDATE_FAILED' as const }, { enabled: false }],
    ['enabled, as a number', { state: 1 }, { enabled: true }],
    ['of no state', {}, { enabled: false }],
    ['in UTC', { schedule: '0 6 * * *', timeZone: 'UTC' }, { schedule: '0 6 * * *' }],
    ['in another time zone: no schedule that we read', { schedule: '0 6 * * *', timeZone: 'Europe/Berlin' }, { schedule: '0 6 * * * (Europe/Berlin)' }],
  ])('%s', (_name, job, expected) => expect(stateOf(job)).toMatchObject(expected));
});
