import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PROJECT, shimOnStub } from './stub-upstream.ts';

const failed = (reason: string, message: string) => JSON.stringify({ jobComplete: true, rows: [], totalRows: '0', errors: [{ reason, message, location: 'query' }] });

describe('a failed query is an HTTP error', () => {
  const cases: [string, string, string, number, string, string][] = [
    ['a syntax error', 'invalidQuery', 'Syntax error', 400, 'invalidQuery', 'INVALID_ARGUMENT'],
    ['what is not there', 'notFound', 'Not found: Dataset x', 404, 'notFound', 'NOT_FOUND'],
    ['a table that may not be read', 'accessDenied', 'Access Denied: Table p:d.t: User does not have permission to query table p:d.t, or perhaps it does not exist.', 404, 'notFound', 'NOT_FOUND'],
    ['anything else denied', 'accessDenied', 'Access Denied: row access policy', 400, 'accessDenied', 'INVALID_ARGUMENT'],
    ['what exists already', 'duplicate', 'Already Exists: Table x', 409, 'duplicate', 'ALREADY_EXISTS'],
    ['an inner error', 'internalError', 'oops', 500, 'internalError', 'INTERNAL'],
  ];
  test.each(cases)('%s', async (_name, reason, message, status, expected_reason, word) => {
    const { callJson } = await shimOnStub(() => ({ body: failed(reason, message) }));
    const { status: got, json } = await callJson('POST', `${PROJECT}/queries`, { query: 'SELECT 1' });
    expect([got, json.error.code, json.error.status, json.error.errors[0].reason]).toEqual([status, status, word, expected_reason]);
  });

  test('also when its results are read', async () => {
    const { callJson } = await shimOnStub(() => ({ body: failed('invalidQuery', 'late') }));
    expect((await callJson('GET', `${PROJECT}/queries/one?maxResults=0`)).status).toBe(400);
  });

  test('also when the emulator has forgotten the job: the job itself says why', async () => {
    const { callJson, seen } = await shimOnStub(({ path }) => (path.includes('/jobs/') ? { body: JSON.stringify({ status: { state: 'DONE', errorResult: { reason: 'invalidQuery', message: 'why' } } }) } : { status: 404, body: '{"error":{"code":404}}' }));
    const { status, json } = await callJson('GET', `${PROJECT}/queries/one`);
    expect([status, json.error.message]).toEqual([400, 'why']);
    expect(seen.map(({ path }) => path)).toEqual([`${PROJECT}/queries/one`, `${PROJECT}/jobs/one`]);
  });

  test('a job that nobody knows stays unknown', async () => {
    const { callJson } = await shimOnStub(() => ({ status: 404, body: '{"error":{"code":404,"message":"Not found: job"}}' }));
    const { status, json } = await callJson('GET', `${PROJECT}/queries/one`);
    expect([status, json.error.message]).toEqual([404, 'Not found: job']);
  });

  test('a job that ends with an error is a good answer about a bad job, as at the service', async () => {
    const body = JSON.stringify({ status: { state: 'DONE', errorResult: { reason: 'invalidQuery', message: 'why' } } });
    const { call } = await shimOnStub(() => ({ body }));
    expect((await call('GET', `${PROJECT}/jobs/one`)).status).toBe(200);
  });
});

describe("a job's id serves once", () => {
  const job = (id: string) => ({ jobReference: { projectId: 'test', jobId: id }, configuration: { query: { query: 'SELECT 1' } } });
  test('the second request is refused, also while the first one runs', async () => {
    const { callJson, seen } = await shimOnStub(() => ({ body: '{"kind":"bigquery#job"}' }));
    const answers = await Promise.all([callJson('POST', `${PROJECT}/jobs`, job('a')), callJson('POST', `${PROJECT}/jobs`, job('a')), callJson('POST', `${PROJECT}/jobs`, job('b'))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
    expect(seen).toHaveLength(2);
  });
  test('a request that the emulator did not take leaves the id free', async () => {
    let status = 503;
    const { callJson } = await shimOnStub(() => ({ status, body: '{}' }));
    expect((await callJson('POST', `${PROJECT}/jobs`, job('a'))).status).toBe(503);
    status = 200;
    expect((await callJson('POST', `${PROJECT}/jobs`, job('a'))).status).toBe(200);
  });
  test('other projects have other ids', async () => {
    const { callJson } = await shimOnStub(() => ({ body: '{}' }));
    for (const project of ['one', 'two']) expect((await callJson('POST', `/bigquery/v2/projects/${project}/jobs`, job('a'))).status).toBe(200);
  });
});

describe('all else passes byte for byte', () => {
  const paths: [string, string][] = [
    ['PUT', `${PROJECT}/datasets/d/tables/t`],
    ['POST', '/upload/bigquery/v2/projects/test/jobs?uploadType=media'],
    ['POST', `${PROJECT}/datasets/d/tables/raw_messages/insertAll`],
    ['POST', `${PROJECT}/queries`],
    ['PATCH', '/elsewhere?a=%20b'],
  ];
  test.each(paths)('%s %s', async (method, path) => {
    const sent = randomBytes(300_000);
    const back = randomBytes(300_000);
    const { call, seen } = await shimOnStub(() => ({ status: 207, headers: { 'content-type': 'application/octet-stream', 'x-correlation-id': 'seven' }, body: back }));
    const answer = await call(method, path, new Uint8Array(sent), { 'content-type': 'application/octet-stream', 'x-goog-api-client': 'gl-node' });
    expect(seen[0].body.equals(sent)).toBe(true);
    expect([seen[0].method, seen[0].path, seen[0].headers['x-goog-api-client']]).toEqual([method, path, 'gl-node']);
    expect(answer.bytes.equals(back)).toBe(true);
    expect([answer.status, answer.headers.get('x-correlation-id')]).toEqual([207, 'seven']);
  });
  test('a good answer to a query keeps its own bytes', async () => {
    const body = '{ "rows" : [{"f":[{"v":"1"}]}], "big": 12345678901234567890.10 }\n';
    const { call } = await shimOnStub(() => ({ body }));
    expect((await call('POST', `${PROJECT}/queries`, '{"query":"SELECT 1"}')).bytes.toString()).toBe(body);
  });
});

test('what the emulator would answer wrongly is refused without being asked', async () => {
  const { callJson, seen } = await shimOnStub(() => ({ body: '{}' }));
  const { status, json } = await callJson('POST', `${PROJECT}/queries`, { query: "SELECT CAST('1.23456' AS NUMERIC)" });
  expect([status, json.error.errors[0].reason]).toEqual([501, 'notImplemented']);
  expect(json.error.message).toContain('NUMERIC(38,9)');
  expect(seen).toHaveLength(0);
});

test('a row that the emulator fails on is refused, not retried', async () => {
  const { callJson } = await shimOnStub(() => ({ status: 500, body: '{}' }));
  expect((await callJson('POST', `${PROJECT}/datasets/d/tables/t/insertAll`, { rows: [{ json: { a: 1 } }] })).status).toBe(501);
});

test('an emulator that is gone is an error that names it', async () => {
  const { callJson, upstream } = await shimOnStub(() => ({}));
  upstream.close();
  const { status, json } = await callJson('GET', `${PROJECT}/datasets`);
  expect([status, json.error.errors[0].reason]).toEqual([502, 'backendError']);
});
