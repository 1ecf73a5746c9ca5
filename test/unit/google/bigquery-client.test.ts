import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BigQuery } from '@google-cloud/bigquery';
import { expect, test, vi } from 'vitest';
import { bigqueryCall, CALL_MILLISECONDS } from '../../../functions/adapters/google/bigquery-client.ts';
import { kindOf } from '../../../functions/adapters/google/error-kinds.ts';
import { apiError, bigqueryStub, type Reply } from './bigquery-stub.ts';
import { promisesSettled } from './manual-timer.ts';

process.env.METADATA_SERVER_DETECTION = 'none';

async function called(replies: readonly Reply[]): Promise<{ result: unknown; calls: number }> {
  const stub = await bigqueryStub((_request, count) => replies[count - 1] ?? apiError(418, 'asked too often'));
  const result = await bigqueryCall(stub.client, { method: 'POST', uri: '/jobs', json: { a: 1 }, qs: { location: 'EU' } }).catch((error: unknown) => error);
  await stub.close();
  expect(stub.seen.every(({ method, path, query, body }) => method === 'POST' && path === '/jobs' && query.get('location') === 'EU' && JSON.stringify(body) === '{"a":1}')).toBe(true);
  return { result, calls: stub.seen.length };
}

const FINE: Reply = { body: { fine: true } };

test.concurrent.each<[string, Reply[], unknown, number]>([
  ['an answer', [FINE], { fine: true }, 1],
  ['a fault that passes is tried again', [apiError(503, 'backendError'), apiError(500, 'internalError'), FINE], { fine: true }, 3],
  ['so is too much at once', [apiError(429, 'rateLimitExceeded'), FINE], { fine: true }, 2],
  ['a wrong statement is not', [apiError(400, 'invalidQuery')], { name: 'BigqueryApiError', code: 400, errors: [{ reason: 'invalidQuery' }] }, 1],
  ['nor what a person has to mend', [apiError(403, 'accessDenied')], { code: 403 }, 1],
  ['nor an id that is taken', [apiError(409, 'duplicate')], { code: 409 }, 1],
])('%s', async (_name, replies, expected, calls) => {
  const found = await called(replies);
  expect(found.result).toMatchObject(expected as object);
  expect(found.calls).toBe(calls);
}, 20_000);

test.concurrent('four tries, then the service’s own error', async () => {
  const { result, calls } = await called(Array.from({ length: 4 }, () => apiError(503, 'backendError')));
  expect(result).toMatchObject({ code: 503 });
  expect(calls).toBe(4);
}, 20_000);

async function against(listener: RequestListener, work: (client: BigQuery) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  await work(new BigQuery({ projectId: 'p', apiEndpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

test('an answer that is cut short is none, and the call is sent again', async () => {
  let calls = 0;
  await against((_request, response) => {
    if (++calls > 1) return void response.end('{"fine":true}');
    response.writeHead(200, { 'content-length': '100' }).write('{"fine":');
    response.destroy();
  }, async (client) => expect(await bigqueryCall(client, { method: 'GET', uri: '/jobs/j' })).toEqual({ fine: true }));
  expect(calls).toBe(2);
}, 20_000);

test('an answer with status 200 that is no JSON proves nothing', async () => {
  await against((_request, response) => void response.end('<html>'), async (client) => {
    await expect(bigqueryCall(client, { method: 'GET', uri: '/jobs/j' })).rejects.toMatchObject({ name: 'BigqueryApiError', code: 200 });
  });
});

test('a call ends after a minute though its token never comes', async () => {
  const over = new AbortController();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(over.signal);
  const client = { baseUrl: 'https://127.0.0.1:9/bigquery/v2', projectId: 'p', authClient: { getRequestHeaders: () => new Promise(() => undefined) } } as unknown as BigQuery;
  const called = bigqueryCall(client, { method: 'GET', uri: '/jobs/j' });
  called.catch(() => undefined);
  expect(timeout.mock.calls).toEqual([[CALL_MILLISECONDS]]);
  timeout.mockRestore();
  over.abort();
  const end = await Promise.race([called.catch((error: unknown) => error), promisesSettled().then(() => 'waits')]);
  expect(end).toMatchObject({ code: 'no_credentials' });
  expect(kindOf(end)).toBe('transient');
});
