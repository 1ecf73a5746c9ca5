import { afterEach, describe, expect, test } from 'vitest';
import { insertAll } from '../../../functions/adapters/google/bigquery-insert.ts';
import { credentials } from '../../../functions/adapters/google/bigquery-post.ts';
import type { SetTimer } from '../../../functions/adapters/google/group-appends.ts';
import type { CallResult, RowStore } from '../../../functions/adapters/google/row-store.ts';
import { line } from '../../contract/journal.ts';
import { promisesSettled } from './manual-timer.ts';
import { ALL_WRITTEN, callError, insertAllServer, type InsertAllServer, type Reply, rowErrors } from '../../support/insert-all-server.ts';

/** Waits no time at all, so that pauses between tries cost none. */
const atOnce: SetTimer = (callback) => {
  const immediate = setImmediate(callback);
  return () => clearImmediate(immediate);
};

let server: InsertAllServer | undefined;
afterEach(() => server?.stop());

/** A store whose calls are answered in turn, the last reply again and again. */
async function storeAnswering(...replies: readonly Reply[]): Promise<{ server: InsertAllServer; store: RowStore<string> }> {
  let calls = 0;
  server = await insertAllServer(() => replies[Math.min(calls++, replies.length - 1)]);
  return { server, store: insertAll(server.bigquery, 'books', 'payment_journal', atOnce) };
}

const PROMPT = new AbortController().signal;
const ROWS = ['{"message_id":"a"}', '{"message_id":"b"}', '{"message_id":"c"}'];
const page = (status: number): Reply => ({ status, body: '<html><body>Error</body></html>', type: 'text/html' });
const json = (body: unknown): Reply => ({ status: 200, body: JSON.stringify(body) });

describe('what is sent', () => {
  const placeholder = line('a', undefined, { metadata: { note: '{{projectId}} "\\ \n €' } });

  test('the lines and nothing else, to the letter: no insertId, no stamp, nothing replaced', async () => {
    const { server, store } = await storeAnswering(ALL_WRITTEN);
    await store.insert([line('a'), placeholder].map(store.encode), PROMPT);
    const [{ path, headers, body }] = server.received;
    expect(path).toBe('/bigquery/v2/projects/p/datasets/books/tables/payment_journal/insertAll');
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) });
    const { rows, ...options } = JSON.parse(body) as { rows: { json: Record<string, unknown> }[] };
    expect(options).toEqual({ skipInvalidRows: true, ignoreUnknownValues: false });
    expect(rows.map((row) => Object.keys(row))).toEqual([['json'], ['json']]);
    expect(rows.map((row) => 'journaled_at' in row.json)).toEqual([false, false]);
    expect(rows[1].json.payload).toBe(placeholder.payload);
  });

  test('a row is as long in the call as it says', async () => {
    const { server, store } = await storeAnswering(ALL_WRITTEN);
    await store.insert([ROWS[0]], PROMPT);
    await store.insert([ROWS[0], ROWS[1]], PROMPT);
    expect(Buffer.byteLength(server.received[1].body) - Buffer.byteLength(server.received[0].body)).toBe(store.bytesOf(ROWS[1]));
  });

  test('to an emulator, no credentials are looked for', async () => {
    const { server, store } = await storeAnswering(ALL_WRITTEN);
    await store.insert(ROWS, PROMPT);
    expect(server.received[0].headers).not.toHaveProperty('authorization');
  });
});

describe('credentials', () => {
  const TOKEN = { authorization: 'Bearer token' };
  const client = (getRequestHeaders: () => Promise<Headers>) => ({ authClient: { getRequestHeaders } }) as unknown as InsertAllServer['bigquery'];
  test('over https, the client\'s', async () => expect(await credentials(client(async () => new Headers(TOKEN)), 'https://bigquery.googleapis.com/x', PROMPT)).toEqual(TOKEN));
  test('over http, none', async () => expect(await credentials(client(async () => new Headers(TOKEN)), 'http://127.0.0.1/x', PROMPT)).toEqual({}));
  test('none found: said so, without what the client said', () => expect(credentials(client(async () => { throw new Error('secret'); }), 'https://x/', PROMPT)).rejects.toMatchObject({ code: 'no_credentials', message: 'journal: no_credentials' }));

  const stuck = () => new Promise<Headers>(() => undefined);
  test.each([['before it began', true], ['while it waited', false]])('that never come: given up when the call is, %s', async (_name, before) => {
    const over = new AbortController();
    if (before) over.abort();
    const found = credentials(client(stuck), 'https://x/', over.signal);
    found.catch(() => undefined);
    over.abort();
    await expect(Promise.race([found, promisesSettled()])).rejects.toMatchObject({ code: 'no_credentials' });
  });

  test('that never come: an append ends, and nothing is sent', async () => {
    const over = new AbortController();
    const bigquery = { ...client(stuck), baseUrl: 'https://127.0.0.1:9/bigquery/v2', projectId: 'p' } as InsertAllServer['bigquery'];
    const inserted = insertAll(bigquery, 'books', 'payment_journal', atOnce).insert(ROWS, over.signal);
    inserted.catch(() => undefined);
    over.abort();
    await expect(Promise.race([inserted, promisesSettled()])).rejects.toMatchObject({ code: 'no_credentials' });
  });
});

describe('an answer about rows', () => {
  const notThere = { code: 'no_such_field' };
  test.each<[string, Reply, unknown]>([
    ['none was refused', ALL_WRITTEN, ['written', 'written', 'written']],
    ['one is invalid: its neighbours are there', rowErrors([1, 'invalid']), ['written', 'refused', 'written']],
    ['one is invalid and stopped the others', rowErrors([0, 'stopped'], [1, 'invalid'], [2, 'stopped']), ['stopped', 'refused', 'stopped']],
    ['invalid and stopped at once is invalid', rowErrors([1, 'stopped'], [1, 'invalid']), ['written', 'refused', 'written']],
    ['a column isn\'t there yet: no fault of the row', rowErrors([1, 'invalid', 'no such field: fraud_score.']), ['written', notThere, 'written']],
    ['the same among other faults', rowErrors([1, 'invalid', 'bad date'], [1, 'invalid', 'No such field: x']), ['written', notThere, 'written']],
    ['trouble of the service with a row', rowErrors([2, 'backendError']), ['written', 'written', { code: 'row_not_written', reason: 'backendError' }]],
    ['invalid, and trouble as well: not refused', rowErrors([2, 'invalid'], [2, 'timeout']), ['written', 'written', { code: 'row_not_written', reason: 'timeout' }]],
    ['a reason that is no word is not repeated', rowErrors([0, 'row "4111" is bad']), [{ code: 'row_not_written', reason: null }, 'written', 'written']],
    ['an error without a reason', json({ kind: 'bigquery#tableDataInsertAllResponse', insertErrors: [{ index: 2, errors: [] }] }), ['written', 'written', { code: 'row_not_written', reason: null }]],
    ['an error without an index is the first row\'s', json({ kind: 'bigquery#tableDataInsertAllResponse', insertErrors: [{ errors: [{ reason: 'invalid' }] }] }), ['refused', 'written', 'written']],
    ['refused as a whole for what is in it', callError(400, 'parseError'), 'refused'],
    ['too large', page(413), 'refused'],
  ])('%s', async (_name, reply, expected) => {
    const { server, store } = await storeAnswering(reply);
    const result = await store.insert(ROWS, PROMPT);
    if (typeof expected === 'string') expect(result).toBe(expected);
    else expect(result).toMatchObject(expected as CallResult as object);
    expect(server.received).toHaveLength(1);
  });
});

describe('an answer that proves nothing', () => {
  const failed = (status: number, reason: string | null = null) => ({ code: 'call_failed', status, reason });
  const unreadable = { code: 'unreadable_answer' };
  test.each<[string, Reply, object, number]>([
    ['no such table', callError(404, 'notFound'), failed(404, 'notFound'), 1],
    ['no access', callError(403, 'accessDenied'), failed(403, 'accessDenied'), 1],
    ['quota', callError(403, 'quotaExceeded'), failed(403, 'quotaExceeded'), 1],
    ['400 for a column that isn\'t there yet', callError(400, 'invalid', 'no such field: x'), failed(400, 'invalid'), 1],
    ['400 for another reason', callError(400, 'resourcesExceeded'), failed(400, 'resourcesExceeded'), 1],
    ['400 without a reason', page(400), failed(400), 1],
    ['too many calls', callError(429, 'rateLimitExceeded'), failed(429, 'rateLimitExceeded'), 4],
    ['503', callError(503, 'backendError'), failed(503, 'backendError'), 4],
    ['a page of a proxy, 502', page(502), failed(502), 4],
    ['a page, 200', page(200), unreadable, 1],
    ['nothing, 200', { status: 200, body: '' }, unreadable, 1],
    ['nothing, 204', { status: 204, body: '' }, failed(204), 1],
    ['a list', json([]), unreadable, 1],
    ['null', json(null), unreadable, 1],
    ['another kind', json({ kind: 'bigquery#table' }), unreadable, 1],
    ['errors that are no list', json({ kind: 'bigquery#tableDataInsertAllResponse', insertErrors: {} }), unreadable, 1],
    ['a row that was not sent', rowErrors([3, 'invalid']), unreadable, 1],
    ['an error inside a 200', json({ error: { code: 503, errors: [{ reason: 'backendError' }] } }), unreadable, 1],
    ['cut off', 'cut', { code: 'no_answer', reason: 'ECONNRESET' }, 4],
    ['torn in the middle', 'torn', { code: 'no_answer', reason: 'ECONNRESET' }, 4],
  ])('%s', async (_name, reply, expected, calls) => {
    const { server, store } = await storeAnswering(reply);
    await expect(store.insert(ROWS, PROMPT)).rejects.toMatchObject(expected);
    expect(server.received).toHaveLength(calls);
  });

  test('nobody listens', async () => {
    const { server, store } = await storeAnswering(ALL_WRITTEN);
    await server.stop();
    await expect(store.insert(ROWS, PROMPT)).rejects.toMatchObject({ code: 'no_answer', reason: 'ECONNREFUSED' });
  });

  test('no error repeats what the service wrote: that may quote the row', async () => {
    const { store } = await storeAnswering(callError(403, 'accessDenied', 'row 4111111111111111'));
    await expect(store.insert(ROWS, PROMPT)).rejects.toThrow(/^journal: call_failed \(403 accessDenied\)$/);
  });

  test.each<[string, Reply]>([['503', callError(503, 'backendError')], ['no answer', 'cut'], ['half an answer', 'torn']])('%s for a moment: sent again, the same', async (_name, reply) => {
    const { server, store } = await storeAnswering(reply, ALL_WRITTEN);
    expect(await store.insert(ROWS, PROMPT)).toEqual(['written', 'written', 'written']);
    expect(server.received.map(({ body }) => body)).toEqual([server.received[0].body, server.received[0].body]);
  });
});

describe('given up', () => {
  test('a call that stalls ends, with its connection', async () => {
    const { server, store } = await storeAnswering('stall');
    const over = new AbortController();
    const inserted = store.insert(ROWS, over.signal);
    inserted.catch(() => undefined);
    await expect.poll(() => server.received.length).toBe(1);
    over.abort();
    await expect(inserted).rejects.toMatchObject({ code: 'no_answer' });
    await expect.poll(() => server.givenUp()).toBe(1);
    expect(server.received).toHaveLength(1);
  });
});
