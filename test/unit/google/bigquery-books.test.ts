import { afterEach, describe, expect, test } from 'vitest';
import { bigqueryBooks, runId } from '../../../functions/adapters/google/bigquery-books.ts';
import { post, POSTING } from '../../../functions/ledger/post.ts';
import type { Log } from '../../../functions/ports.ts';
import { apiError, type BigqueryStub, bigqueryStub, type Reply, type Seen } from './bigquery-stub.ts';

const RUN = { job: 'post-ledger', schedule_time: '2026-01-31T12:00:00Z', attempt: 'a-1' };
const PLACE = { project: 'p', dataset: 'payments', scratch_dataset: 'scratch' };

let stub: BigqueryStub;
let logged: string[];
afterEach(() => stub.close());

async function booksOf(answer: (request: Seen) => Reply) {
  stub = await bigqueryStub(answer);
  logged = [];
  const log: Log = { write: (severity, message, fields) => void logged.push(`${severity} ${message} ${JSON.stringify(fields)}`) };
  return bigqueryBooks(stub.client, { place: PLACE, location: 'EU', run: RUN, log });
}

const done = (billed = '0'): Reply => ({ body: { status: { state: 'DONE' }, statistics: { query: { totalBytesBilled: billed } } } });
const failed = (reason: string, message: string): Reply => ({ body: { status: { state: 'DONE', errorResult: { reason, message } } } });
const jobs = () => stub.seen.filter(({ method }) => method === 'POST').map(({ body }) => ({ id: body.jobReference!.jobId, ...body.configuration!.query }) as unknown as { id: string; query: string; queryParameters: { name: string }[]; maximumBytesBilled?: string; scriptOptions?: object });
const parameters = { from_time: { timestamp: 0 }, cut: { timestamp: 1 }, attempt: 'x', kind: 'post', today: { date: '2026-01-31' }, posted_at: { timestamp: 1 }, earliest_line: { timestamp: 0 }, orphan_grace: 1n };

describe('job ids', () => {
  test('are name, schedule time, attempt and number', async () => {
    const books = await booksOf(() => done());
    await books.query('jobs/post/last-cut.sql', { kind: 'post' });
    await books.query('jobs/post/last-cut.sql', { kind: 'post' });
    expect(jobs().map(({ id }) => id)).toEqual(['post_ledger_2026_01_31T12_00_00Z_a_1_1', 'post_ledger_2026_01_31T12_00_00Z_a_1_2']);
  });

  test.each([
    [{ ...RUN, attempt: 'a-2' }, 'post_ledger_2026_01_31T12_00_00Z_a_2'],
    [{ ...RUN, schedule_time: null }, 'post_ledger_by_hand_a_1'],
  ])('another try of a run has other ones: %o', (run, id) => expect(runId(run)).toBe(id));
});

describe('a posting', () => {
  test('is one script, the head first, with parameters only, so that a dry run can check it', async () => {
    const books = await booksOf(() => done());
    expect(await books.transaction(POSTING, parameters)).toBe(true);
    const [{ query, queryParameters }] = jobs();
    expect(jobs()).toHaveLength(1);
    const bare = query.replace(/--[^\n]*/g, '').replace(/\s+/g, ' ');
    expect(bare).toMatch(/^BEGIN TRANSACTION; UPDATE `p`\.`payments`\.`posting_head` SET .*; INSERT INTO `p`\.`payments`\.`payment_transactions` .*; INSERT INTO .*posting_runs.*; INSERT INTO .*posting_totals.*; COMMIT TRANSACTION;$/);
    expect(bare).not.toMatch(/\b(DECLARE|IF|TEMP|TEMPORARY|EXECUTE|CALL)\b/);
    expect(queryParameters.map(({ name }) => name).sort()).toEqual(Object.keys(parameters).sort());
  });

  test.each([
    ['Transaction is aborted due to concurrent update against table p:payments.posting_head. Transaction ID: 1'],
    ['Could not serialize access to table p:payments.posting_head due to concurrent update'],
  ])('that lost is no error: %s', async (message) => {
    const books = await booksOf(() => failed('invalidQuery', message));
    expect(await books.transaction(POSTING, parameters)).toBe(false);
  });

  test('that failed otherwise is one', async () => {
    const books = await booksOf(() => failed('backendError', 'try again'));
    await expect(books.transaction(POSTING, parameters)).rejects.toMatchObject({ reason: 'backendError' });
  });

  test('that lost has posted nothing, as its run row is not there', async () => {
    const books = await booksOf(({ method, body }) => {
      if (method === 'GET') return { body: { schema: { fields: [] }, rows: [] } };
      return String(body.configuration!.query.query).startsWith('BEGIN') ? failed('invalidQuery', 'Transaction is aborted due to concurrent update against table x') : done();
    });
    const rows = [{ decisions: 0n }];
    expect(await post({ ...books, query: async (file, given) => (file.endsWith('decisions.sql') ? rows : books.query(file, given)) }, { next: () => 'x' }, { kind: 'audit', cut: 1, orphan_grace: 1 })).toBeNull();
  });
});

describe('the limit on bytes billed', () => {
  test('is what is left of the run’s, and never below what ten tables cost at least', async () => {
    const books = await booksOf(() => done('400000000'));
    books.limitTo(1_000_000_000n);
    for (let count = 0; count < 3; count++) await books.query('jobs/post/last-cut.sql', { kind: 'post' });
    expect(jobs().map(({ maximumBytesBilled }) => maximumBytesBilled)).toEqual(['1000000000', '600000000', '200000000']);
    await books.query('jobs/post/last-cut.sql', { kind: 'post' });
    expect(jobs()[3].maximumBytesBilled).toBe(String(100 * 1024 * 1024));
    expect(books.billed().bytes).toBe(1_600_000_000n);
  });

  test('where it is hit, the statement runs once more without one, so does the rest, and an alert says so', async () => {
    const fields = [{ name: 'cut', type: 'TIMESTAMP' }];
    const books = await booksOf(({ method, path, body }) => {
      if (method === 'GET') return { body: { schema: { fields }, rows: path.endsWith('_unlimited') ? [{ f: [{ v: '7' }] }] : [] } };
      return body.configuration!.query.maximumBytesBilled ? failed('bytesBilledLimitExceeded', 'Query exceeded limit for bytes billed') : done('9');
    });
    books.limitTo(1_000_000_000n);
    expect(await books.query('jobs/post/last-cut.sql', { kind: 'post' })).toEqual([{ cut: 7 }]);
    await books.query('jobs/post/last-cut.sql', { kind: 'post' });
    expect(jobs().map(({ id, maximumBytesBilled }) => [id.replace(/^.*_a_1_/, ''), maximumBytesBilled ?? null])).toEqual([['1', '1000000000'], ['1_unlimited', null], ['2', null]]);
    expect(logged).toEqual([expect.stringMatching(/^ERROR limit on bytes billed was hit/)]);
  });

  // As a statement's own error, and as BigQuery gives the error of a script: its reason says only that the script failed.
  test.each([
    ['bytesBilledLimitExceeded', 'Query exceeded limit for bytes billed: 1000000000. 2000683008 or higher required.'],
    ['invalidQuery', 'Query error: Query exceeded limit for bytes billed: 1000000000. 2000683008 or higher required. at [4:1]'],
    ['bytesBilledLimitExceeded', 'in other words'],
  ])('where a script hits it (%s: %s), the posting is tried once more without one, and an alert says so', async (reason, message) => {
    const books = await booksOf(({ body }) => (body.configuration!.query.scriptOptions ? failed(reason, message) : done('9')));
    books.limitTo(1_000_000_000n);
    expect(await books.transaction(POSTING, parameters)).toBe(true);
    expect(jobs().map(({ id, scriptOptions, maximumBytesBilled }) => [id.replace(/^.*_a_1_/, ''), scriptOptions ?? null, maximumBytesBilled])).toEqual([['1', { statementByteBudget: '1000000000' }, undefined], ['1_unlimited', null, undefined]]);
    expect(jobs()[1].query).toBe(jobs()[0].query);
    expect(logged).toEqual(['ERROR limit on bytes billed was hit: run goes on without one {"job":"post-ledger","statement":"jobs/post/1-head.sql","limit_bytes":1000000000}']);
    expect(books.billed().bytes).toBe(9n);
  });

  test('so it is where the service says it in the answer to the call', async () => {
    const books = await booksOf(({ body }) => (body.configuration!.query.scriptOptions ? apiError(400, 'invalidQuery', 'Query exceeded limit for bytes billed: 5. 6 or higher required.') : done()));
    books.limitTo(1_000_000_000n);
    expect(await books.transaction(POSTING, parameters)).toBe(true);
    expect(jobs()).toHaveLength(2);
  });

  test('a posting that hits it, and loses when it is tried again, has lost', async () => {
    const books = await booksOf(({ body }) => failed('invalidQuery', body.configuration!.query.scriptOptions ? 'Query exceeded limit for bytes billed: 5' : 'Transaction is aborted due to concurrent update against table x'));
    books.limitTo(1_000_000_000n);
    expect(await books.transaction(POSTING, parameters)).toBe(false);
    expect(jobs()).toHaveLength(2);
  });

  test.each([['without a limit, the same words are an error', false, 'Query exceeded limit for bytes billed: 5', 1], ['any other error of a script is one', true, 'Query exceeded resource limits', 1]])('%s', async (_name, limited, message, calls) => {
    const books = await booksOf(() => failed('invalidQuery', message));
    if (limited) books.limitTo(1_000_000_000n);
    await expect(books.transaction(POSTING, parameters)).rejects.toMatchObject({ reason: 'invalidQuery' });
    expect(jobs()).toHaveLength(calls);
    expect(logged).toEqual([]);
  });

  test('a script has it for each of its statements', async () => {
    const books = await booksOf(() => done());
    books.limitTo(1_000_000_000n);
    await books.transaction(POSTING, parameters);
    expect(jobs()[0].scriptOptions).toEqual({ statementByteBudget: '1000000000' });
  });
});

test('a parameter that is missing is an error that names it, before anything is asked', async () => {
  const books = await booksOf(() => done());
  await expect(Promise.resolve().then(() => books.query('jobs/post/last-cut.sql', {}))).rejects.toThrow('jobs/post/last-cut.sql needs the parameter @kind');
  expect(stub.seen).toEqual([]);
});

test('a scratch table is of this run alone, and goes away by itself', async () => {
  const books = await booksOf(() => done());
  await books.materialise('reconcile_bounds', 'jobs/reconcile/bounds.sql', { is_behind: false, missing_before: { timestamp: 0 }, ahead_after: { timestamp: 0 }, first_digits: '00', last_digits: 'ff' });
  await books.forget('reconcile_bounds');
  const [made, dropped] = jobs().map(({ query }) => query);
  const name = '`p`.`scratch`.`reconcile_bounds_post_ledger_2026_01_31T12_00_00Z_a_1`';
  expect(made).toContain(`CREATE OR REPLACE TABLE ${name} OPTIONS(expiration_timestamp`);
  expect(dropped).toBe(`DROP TABLE IF EXISTS ${name}`);
});

test('an error of the service is passed on as it is', async () => {
  const books = await booksOf(() => apiError(403, 'accessDenied'));
  await expect(books.query('jobs/post/last-cut.sql', { kind: 'post' })).rejects.toMatchObject({ code: 403 });
});
