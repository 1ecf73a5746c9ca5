import { afterEach, describe, expect, test } from 'vitest';
import { BigqueryJobError, type QueryJob, readResults, runQueryJob } from '../../../functions/adapters/google/bigquery-job.ts';
import { apiError, type BigqueryStub, bigqueryStub, type Reply } from './bigquery-stub.ts';

const JOB: QueryJob = { id: 'post_2026_a_1', sql: 'SELECT 1', parameters: [], is_script: false, bytes_limit: null, labels: { job: 'post' } };
const job = (state: string, more: object = {}, statistics: object = {}): Reply => ({ body: { status: { state, ...more }, statistics } });
const failed = (reason: string, message: string) => job('DONE', { errorResult: { reason, message } });
const DONE = job('DONE', {}, { totalSlotMs: '70', query: { totalBytesBilled: '10485760', statementType: 'SELECT' } });

let stub: BigqueryStub;
afterEach(() => stub.close());

/** Runs the job against answers that come one after the other. */
async function run(replies: readonly Reply[], change: Partial<QueryJob> = {}) {
  stub = await bigqueryStub((_request, count) => replies[count - 1] ?? apiError(500, 'more was asked than expected'));
  return runQueryJob(stub.client, 'EU', { ...JOB, ...change });
}
const calls = () => stub.seen.map(({ method, path }) => `${method} ${path}`);

describe('how a job ends', () => {
  const cases: [string, Reply[], string[]][] = [
    ['done at once', [DONE], ['POST /jobs']],
    ['done after a while', [job('PENDING'), { body: { jobComplete: true } }, DONE], ['POST /jobs', 'GET /queries/post_2026_a_1', 'GET /jobs/post_2026_a_1']],
    ['asked again until it is', [job('RUNNING'), { body: { jobComplete: false } }, job('RUNNING'), { body: { jobComplete: true } }, DONE], ['POST /jobs', 'GET /queries/post_2026_a_1', 'GET /jobs/post_2026_a_1', 'GET /queries/post_2026_a_1', 'GET /jobs/post_2026_a_1']],
    ['an error in between is not believed, the job is', [job('RUNNING'), apiError(400, 'invalidQuery'), DONE], ['POST /jobs', 'GET /queries/post_2026_a_1', 'GET /jobs/post_2026_a_1']],
    ['its id is taken by our own lost reply', [apiError(409, 'duplicate'), DONE], ['POST /jobs', 'GET /jobs/post_2026_a_1']],
    ['and that one still runs', [apiError(409, 'duplicate'), job('RUNNING'), { body: { jobComplete: true } }, DONE], ['POST /jobs', 'GET /jobs/post_2026_a_1', 'GET /queries/post_2026_a_1', 'GET /jobs/post_2026_a_1']],
  ];
  test.each(cases)('%s', async (_name, replies, expected) => {
    expect(await run(replies)).toEqual({ bytes_billed: 10_485_760n, slot_millis: 70n, is_select: true });
    expect(calls()).toEqual(expected);
  });

  const failures: [string, Reply[], object][] = [
    ['a failed job is an error, though the answer is 200', [failed('invalidQuery', 'no such column')], { name: 'BigqueryJobError', reason: 'invalidQuery', job_id: 'post_2026_a_1', message: 'no such column' }],
    ['a failed job of our own lost reply too: only DONE without an error counts', [apiError(409, 'duplicate'), failed('backendError', 'gone')], { reason: 'backendError' }],
    ['one that fails later', [job('RUNNING'), { body: { jobComplete: true } }, failed('bytesBilledLimitExceeded', 'too much')], { reason: 'bytesBilledLimitExceeded' }],
    ['any other refusal is the service’s own', [apiError(403, 'accessDenied')], { code: 403 }],
  ];
  test.each(failures)('%s', async (_name, replies, expected) => {
    await expect(run(replies)).rejects.toMatchObject(expected);
  });

  test('a job’s error is a BigqueryJobError', async () => {
    await expect(run([failed('invalidQuery', 'x')])).rejects.toBeInstanceOf(BigqueryJobError);
  });
});

describe('what is asked for', () => {
  const query = () => stub.seen[0].body.configuration!.query;

  test('standard SQL, named parameters, no cache, our id, our place, never a session', async () => {
    const parameters = [{ name: 'a', parameterType: { type: 'INT64' }, parameterValue: { value: '1' } }];
    await run([DONE], { parameters });
    expect(stub.seen[0].body).toMatchObject({ jobReference: { projectId: 'p', jobId: 'post_2026_a_1', location: 'EU' }, configuration: { labels: { job: 'post' } } });
    expect(query()).toEqual({ query: 'SELECT 1', useLegacySql: false, useQueryCache: false, parameterMode: 'NAMED', queryParameters: parameters });
    expect(JSON.stringify(stub.seen[0].body)).not.toMatch(/session/i);
  });

  test.each([
    ['no limit', { bytes_limit: null }, undefined, undefined],
    ['a limit on a statement', { bytes_limit: 5n }, '5', undefined],
    ['a limit on each statement of a script', { bytes_limit: 5n, is_script: true }, undefined, { statementByteBudget: '5' }],
  ] as [string, Partial<QueryJob>, string | undefined, object | undefined][])('%s', async (_name, change, maximum, options) => {
    await run([DONE], change);
    expect(query().maximumBytesBilled).toBe(maximum);
    expect(query().scriptOptions).toEqual(options);
  });

  test('BigQuery ends a job before the scheduler starts the next', async () => {
    await run([DONE]);
    expect(Number(stub.seen[0].body.configuration!.jobTimeoutMs)).toBeLessThan(30 * 60_000);
  });
});

test('results come page by page, times as whole microseconds', async () => {
  const schema = { fields: [{ name: 'n', type: 'INTEGER' }] };
  const row = (value: string) => ({ f: [{ v: value }] });
  const pages: Reply[] = [{ body: { schema, rows: [row('1')], pageToken: 'two' } }, { body: { rows: [row('2'), row('3')], pageToken: 'three' } }, { body: { schema, rows: [] } }];
  stub = await bigqueryStub((_request, count) => pages[count - 1]);
  const { fields, rows } = await readResults(stub.client, 'EU', 'j');
  expect([fields, rows]).toEqual([schema.fields, [row('1'), row('2'), row('3')]]);
  expect(stub.seen.map(({ query }) => query.get('pageToken'))).toEqual([null, 'two', 'three']);
  expect(stub.seen.every(({ query }) => query.get('formatOptions.useInt64Timestamp') === 'true' && query.get('location') === 'EU')).toBe(true);
});
