import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Answer } from '../../../functions/deployed/answer.ts';
import type { ReconcileJob } from '../../../functions/deployed/reconcile-job.ts';
import type { ReportJob } from '../../../functions/deployed/report-job.ts';
import type { Platform, Work } from '../../../functions/deployed/serve.ts';
import { MICROS_PER_HOUR } from '../../../functions/payment/time.ts';
import { booksOfRun } from '../../../functions/wiring/books-of-run.ts';
import type { Made } from '../../../functions/wiring/deployed-function.ts';
import { postingFunction } from '../../../functions/wiring/posting-function.ts';
import { keptLog } from '../deployed/trial-platform.ts';
import { type BigqueryStub, bigqueryStub, type Reply } from '../google/bigquery-stub.ts';
import { configurationOf } from './configuration.ts';

/** What deployedFunction is given by each file of the wiring, instead of a served function. */
const made = new Map<string, (configuration: unknown, platform: Platform) => Made>();
vi.mock('../../../functions/wiring/deployed-function.ts', () => ({ deployedFunction: (name: string, make: (configuration: unknown, platform: Platform) => Made) => made.set(name, make) }));

/** What making a report comes to, in place of the real one: a statement, and this. */
let reportAnswer: Answer;
vi.mock('../../../functions/deployed/report-job.ts', () => ({ reportJob: async ({ books }: ReportJob) => (await books.query('jobs/post/last-cut.sql', { kind: 'post' }), reportAnswer) }));

vi.mock('../../../functions/deployed/reconcile-job.ts', () => ({ reconcileJob: async ({ books }: ReconcileJob) => (await books.query('jobs/post/last-cut.sql', { kind: 'post' }), { status: 200 }) }));

const now = Date.now() * 1_000;
const BILLED = 10n ** 12n; // far beyond the least limit
const CALL = { job: 'post-ledger', schedule_time: '2026-01-31T12:00:00Z', asked: {} };

let stub: BigqueryStub;
let log: ReturnType<typeof keptLog>;
/** Rows of the jobs whose SQL holds such a text; any other job gives none. */
let results: [RegExp, Readonly<Record<string, readonly [type: string, value: string | null]>>][];

beforeEach(async () => {
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
  log = keptLog();
  results = [];
  const sqlOf = new Map<string, string>();
  stub = await bigqueryStub(({ method, path, body }): Reply => {
    if (method === 'POST') {
      sqlOf.set(body.jobReference!.jobId, String(body.configuration!.query.query));
      return { body: { status: { state: 'DONE' }, statistics: { totalSlotMs: '1', query: { totalBytesBilled: '1000' } } } };
    }
    const sql = sqlOf.get(path.split('/').at(-1)!) ?? '';
    const row = results.find(([text]) => text.test(sql))?.[1];
    if (row === undefined) return { body: { schema: { fields: [] }, rows: [] } };
    return { body: { schema: { fields: Object.entries(row).map(([name, [type]]) => ({ name, type })) }, rows: [{ f: Object.values(row).map(([, v]) => ({ v })) }] } };
  });
  vi.stubEnv('BIGQUERY_EMULATOR_HOST', new URL(stub.client.baseUrl!).origin);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await stub.close();
});

interface Ran {
  readonly id: string;
  readonly sql: string;
  readonly limit: string | null;
  readonly values: Readonly<Record<string, string | null>>;
}

/** The jobs that BigQuery was given, in order. */
function ran(): Ran[] {
  return stub.seen.filter(({ method }) => method === 'POST').map(({ body }) => {
    const query = body.configuration!.query as { query: string; maximumBytesBilled?: string; scriptOptions?: { statementByteBudget: string }; queryParameters: { name: string; parameterValue: { value: string | null } }[] };
    const values = Object.fromEntries(query.queryParameters.map(({ name, parameterValue }) => [name, parameterValue.value]));
    return { id: body.jobReference!.jobId, sql: query.query, limit: query.maximumBytesBilled ?? query.scriptOptions?.statementByteBudget ?? null, values };
  });
}

function call(work: Work) {
  const request = { headers: { 'x-cloudscheduler-jobname': CALL.job, 'x-cloudscheduler-scheduletime': CALL.schedule_time }, url: '/', rawBody: undefined };
  return work(request as unknown as Parameters<Work>[0], log);
}

const LAST_RUN = /FROM `?trial.*job_runs/s;
const KEPT_RUN = /INSERT INTO .*job_runs/s;
const lastRun = () => ({ recorded_at: ['TIMESTAMP', String(now - MICROS_PER_HOUR)], span_micros: ['INT64', String(MICROS_PER_HOUR)], bytes_billed: ['INT64', String(BILLED)] } as const);
const NO_DECISIONS = [/decided_post/, { decisions: ['INT64', '0'] }] as const satisfies (typeof results)[number];
const A_RUN = [/SELECT run, rows_posted/, { run: ['INT64', '3'], rows_posted: ['INT64', '5'], booking_date: ['DATE', '2026-01-31'] }] as const satisfies (typeof results)[number];

test('the books of each run have job ids of their own, though job and time are the same: a failed job has used its id up', async () => {
  const open = booksOfRun(configurationOf('postLedger'));
  for (const _run of [1, 2]) await open(CALL, log).query('jobs/post/last-cut.sql', { kind: 'post' });
  const ids = ran().map(({ id }) => id);
  expect(ids).toEqual([expect.stringMatching(/^post_ledger_2026_01_31T12_00_00Z_.+_1$/), expect.stringMatching(/^post_ledger_2026_01_31T12_00_00Z_.+_1$/)]);
  expect(ids[0]).not.toBe(ids[1]);
});

describe('a posting', () => {
  const script = () => ran().find(({ sql }) => sql.startsWith('BEGIN TRANSACTION'));
  const posting = (kind: 'post' | 'sweep' | 'audit') => call(postingFunction('postLedger', configurationOf('postLedger'), () => kind).work);

  test.each(['post', 'sweep', 'audit'] as const)('of the kind %s is limited by what the last one was billed, and kept for the next', async (kind) => {
    results = [[KEPT_RUN, {}], [LAST_RUN, lastRun()], NO_DECISIONS, A_RUN];
    expect(await posting(kind)).toMatchObject({ status: 200, body: { posted: true, kind } });
    const asked = ran().find(({ sql }) => LAST_RUN.test(sql) && !KEPT_RUN.test(sql));
    expect(asked?.values).toEqual({ job: `postLedger.${kind}` });
    const limit = BigInt(script()?.limit ?? 0);
    expect(limit).toBeGreaterThan(2n * BILLED);
    expect(limit).toBeLessThan(4n * BILLED);
    const kept = ran().filter(({ sql }) => KEPT_RUN.test(sql));
    expect(kept).toHaveLength(1);
    expect(kept[0].values).toMatchObject({ job: `postLedger.${kind}`, bytes_billed: expect.stringMatching(/^[1-9]\d*000$/) });
  });

  test('that is the first of its kind has no limit', async () => {
    results = [[KEPT_RUN, {}], NO_DECISIONS, A_RUN];
    await posting('post');
    expect(script()?.limit).toBeNull();
    expect(ran().filter(({ sql }) => KEPT_RUN.test(sql))).toHaveLength(1);
  });

  test('that lost is no measure for the next', async () => {
    results = [[KEPT_RUN, {}], [LAST_RUN, lastRun()], NO_DECISIONS];
    expect(await posting('post')).toMatchObject({ body: { posted: false } });
    expect(ran().filter(({ sql }) => KEPT_RUN.test(sql))).toEqual([]);
  });

  test('of no kind asks nothing', async () => {
    expect(await call(postingFunction('sweepLate', configurationOf('sweepLate'), () => null).work)).toMatchObject({ status: 400 });
    expect(ran()).toEqual([]);
  });
});

describe('the report', () => {
  const report = async (answer: Answer) => {
    reportAnswer = answer;
    await import('../../../functions/wiring/publish-report.ts');
    return call(made.get('publishReport')!(configurationOf('publishReport'), {} as Platform).work);
  };
  beforeEach(() => void (results = [[KEPT_RUN, {}], [LAST_RUN, lastRun()]]));

  test('is limited by what the last one was billed, and kept for the next', async () => {
    const answer = { status: 200, body: { date: '2026-01-31', published: ['a'] } };
    expect(await report(answer)).toEqual(answer);
    const [last, read, kept, ...more] = ran();
    expect(last.values).toEqual({ job: 'publishReport' });
    expect(BigInt(read.limit ?? 0)).toBeGreaterThan(2n * BILLED);
    expect(kept.sql).toMatch(KEPT_RUN);
    expect(kept.values).toMatchObject({ job: 'publishReport', bytes_billed: '1000' });
    expect(more).toEqual([]);
  });

  test.each<[string, Answer]>([['for no day', { status: 200, body: { date: null, published: [], why: 'none' } }], ['for a day that is none', { status: 400, body: { error: 'none' } }]])('%s is no measure for the next', async (_name, answer) => {
    expect(await report(answer)).toEqual(answer);
    expect(ran().filter(({ sql }) => KEPT_RUN.test(sql))).toEqual([]);
  });
});

test('a reconciliation is limited by what the last one was billed, and kept for the next', async () => {
  results = [[KEPT_RUN, {}], [LAST_RUN, lastRun()]];
  await import('../../../functions/wiring/reconcile.ts');
  expect(await call(made.get('reconcile')!(configurationOf('reconcile'), {} as Platform).work)).toEqual({ status: 200 });
  const [last, read, kept, ...more] = ran().filter(({ sql }) => !/audit_log/.test(sql));
  expect(last.values).toEqual({ job: 'reconcile' });
  expect(BigInt(read.limit ?? 0)).toBeGreaterThan(2n * BILLED);
  expect(kept.values).toMatchObject({ job: 'reconcile', bytes_billed: '1000' });
  expect(more).toEqual([]);
});
