import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BigqueryJobError } from '../../../functions/adapters/google/bigquery-job.ts';
import { DEFAULT_SETTINGS } from '../../../functions/config.ts';
import { auditSettings, onceDone } from '../../../functions/deployed/audit-settings.ts';
import { MAX_JOB_BODY_BYTES } from '../../../functions/deployed/job-call.ts';
import { type Job, jobWork } from '../../../functions/deployed/job-work.ts';
import { postJob, sweepKind } from '../../../functions/deployed/post-job.ts';
import { reconcileJob } from '../../../functions/deployed/reconcile-job.ts';
import { reportJob } from '../../../functions/deployed/report-job.ts';
import { serve } from '../../../functions/deployed/serve.ts';
import { type Micros, MICROS_PER_DAY, MICROS_PER_HOUR } from '../../../functions/payment/time.ts';
import type { ArchivedMessage, Books, Jobs, JobState } from '../../../functions/ports.ts';
import { storeOf } from '../../reconciliation/healthy-store.ts';
import { payment } from '../../reconciliation/published.ts';
import type { TrialStore } from '../../reconciliation/trial-store.ts';
import { type Sent, serveInFramework, type ServedTrial } from '../../support/served-function.ts';
import { keptLog, trialPlatform } from './trial-platform.ts';

const HOUR = 3_600;
const SCHEDULED = { 'x-cloudscheduler-jobname': 'post-ledger', 'x-cloudscheduler-scheduletime': '2026-02-01T00:05:00Z' };

describe('the call of a job', () => {
  let served: ServedTrial;
  afterEach(() => served.close());

  async function call(sent: Sent, job: Job = async (asked) => ({ status: 200, body: { ...asked } })) {
    const platform = trialPlatform();
    served = await serveInFramework(serve(platform, jobWork('postLedger', job)));
    const reply = await served.call(sent);
    return { status: reply.status, said: reply.body === '' ? null : (JSON.parse(reply.body) as unknown), logged: platform.logged };
  }

  const named = { job: 'post-ledger', schedule_time: '2026-02-01T00:05:00Z', asked: {} };
  const byHand = { job: 'postLedger', schedule_time: null, asked: {} };
  const cases: [string, Sent, number, unknown][] = [
    ['of the scheduler', { headers: SCHEDULED }, 200, named],
    ['of a person', {}, 200, byHand],
    ['with an empty object', { body: '{}' }, 200, byHand],
    ['with what is asked in the body', { body: '{"kind":"audit"}' }, 200, { ...byHand, asked: { kind: 'audit' } }],
    ['in bytes, as the scheduler sends it by default', { body: '{"kind":"audit"}', headers: { 'content-type': 'application/octet-stream' } }, 200, { ...byHand, asked: { kind: 'audit' } }],
    ['with what is asked in the query', { path: '/?kind=audit' }, 200, { ...byHand, asked: { kind: 'audit' } }],
    ['in both: the query', { path: '/?kind=audit', body: '{"kind":"sweep"}' }, 200, { ...byHand, asked: { kind: 'audit' } }],
    ['with a name that is none', { headers: { 'x-cloudscheduler-jobname': 'a b`', 'x-cloudscheduler-scheduletime': '<now>' } }, 200, byHand],
    ['with a list', { body: '[1]' }, 400, { error: 'the body must be empty, or a JSON object of texts' }],
    ['with a number', { body: '{"kind":1}' }, 400, { error: 'the body must be empty, or a JSON object of texts' }],
    ['with no JSON', { body: 'audit', headers: { 'content-type': 'text/plain' } }, 400, { error: 'the body must be empty, or a JSON object of texts' }],
    ['with too much', { body: JSON.stringify({ kind: 'x'.repeat(MAX_JOB_BODY_BYTES) }) }, 413, null],
  ];
  test.each(cases)('%s', async (_name, sent, status, said) => expect(await call(sent)).toMatchObject({ status, said }));

  const faults: [string, unknown, number][] = [
    ['BigQuery is away', new BigqueryJobError('id', 'backendError', 'quotes cus_81'), 503],
    ['a statement is wrong', new BigqueryJobError('id', 'invalidQuery', 'quotes cus_81'), 500],
    ['nobody knows', new Error('quotes cus_81'), 500],
  ];
  test.each(faults)('a job that fails, as %s', async (_name, error, status) => {
    const { logged, ...answer } = await call({ headers: SCHEDULED }, () => Promise.reject(error as Error));
    expect(answer).toEqual({ status, said: null });
    expect(logged).toMatchObject([{ severity: 'ERROR', message: 'job failed', job: 'post-ledger' }]);
    expect(JSON.stringify(logged)).not.toContain('cus_81');
  });
});

test.each([[{}, 'sweep'], [{ kind: 'sweep' }, 'sweep'], [{ kind: 'audit' }, 'audit'], [{ kind: 'post' }, null], [{ kind: '' }, null]])('sweepLate asked %j is %s', (asked, kind) => expect(sweepKind(asked)).toBe(kind));

describe('on real books', () => {
  let store: TrialStore;
  let now: Micros;
  const log = keptLog();
  const clock = { now: () => now };
  let attempts = 0;
  const ids = { next: () => `attempt ${++attempts}` };
  const post = (kind: 'post' | 'sweep' | 'audit' = 'post', books: Books = store.directory.books) => postJob({ books, ids, clock, settings: DEFAULT_SETTINGS, settle: 60_000_000 }, kind, log);
  const ledger = async () => (await store.rows('SELECT transaction_id FROM payment_transactions ORDER BY 1')).map((row) => row.transaction_id);

  beforeAll(async () => {
    store = await storeOf([{ id: 'm-1', at: 0, data: payment('p-1', 0) }, { id: 'm-1-again', at: 60, data: payment('p-1', 0) }, { id: 'm-2', at: HOUR, data: payment('p-2', HOUR) }]);
  });
  afterAll(() => store.close());

  test('a posting is cut before now, by the time that rows need to show, and says what it posted', async () => {
    for (const table of ['payment_transactions', 'posting_runs', 'posting_totals']) await store.run(`DELETE FROM ${table}`); // what ingest posted
    const last = Number((await store.rows('SELECT CAST(epoch_us(MAX(journaled_at)) AS DOUBLE) AS stamp FROM payment_journal'))[0].stamp);
    now = last + 60_000_000;
    expect(await post()).toMatchObject({ status: 200, body: { kind: 'post', posted: true, rows_posted: 1, booking_date: '2026-01-12' } });
    expect(await ledger()).toEqual(['p-1']);
    expect(log.lines.splice(0)).toEqual(['INFO posted']);
  });

  test('again, and the other kinds: nothing counts twice', async () => {
    now += 1;
    expect((await post()).body).toMatchObject({ posted: true, rows_posted: 1 });
    for (const kind of ['post', 'sweep', 'audit'] as const) expect((await post(kind)).body).toMatchObject({ kind, posted: true, rows_posted: 0 });
    expect(await ledger()).toEqual(['p-1', 'p-2']);
    log.lines.length = 0;
  });

  test('a posting that lost says so, and is 200: the next run does it', async () => {
    const { books } = store.directory;
    const losing: Books = { ...books, transaction: async () => false };
    expect(await post('post', losing)).toEqual({ status: 200, body: { kind: 'post', posted: false, why: 'another posting won; the next run posts what is left' } });
    expect(log.lines.splice(0)).toEqual(['NOTICE posting lost to another one']);
  });

  test('the report of a day waits until the day is over; then three files bear its name', async () => {
    const published: [string, string, string][] = [];
    const reports = { publish: async (name: string, content: string, contentType: string) => (published.push([name, content, contentType]), `gs://bucket/${name}`) };
    const report = (asked = {}) => reportJob({ books: store.directory.books, clock, reports }, asked, log);
    expect(await report()).toEqual({ status: 200, body: { date: null, published: [], why: 'no booking day is over yet' } });
    now += MICROS_PER_DAY;
    await post();
    const second = `${new Date(now / 1_000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
    expect(second).toMatch(/^20260113T\d{6}Z$/);
    expect((await report()).body).toMatchObject({ date: '2026-01-12', published: ['html', 'json', 'csv'].map((format) => `gs://bucket/2026-01-12/payments-report-${second}.${format}`) });
    expect(published.map(([name, , type]) => `${name} ${type}`)).toEqual([
      `2026-01-12/payments-report-${second}.html text/html; charset=utf-8`, `2026-01-12/payments-report-${second}.json application/json; charset=utf-8`, `2026-01-12/payments-report-${second}.csv text/csv; charset=utf-8`,
    ]);
    expect(JSON.parse(published[1][1])).toMatchObject({ date: '2026-01-12', ledger: { booking_date: '2026-01-12' } });
    expect((await report({ date: '2026-01-11' })).body).toMatchObject({ date: '2026-01-11' });
    expect(await report({ date: '2026-02-30' })).toMatchObject({ status: 400 });
    expect(await report({ date: '../x' })).toMatchObject({ status: 400 });
    log.lines.length = 0;
  });

  describe('the reconciliation', () => {
    const ran = (change: Partial<JobState> = {}): JobState => ({ name: 'post-ledger', schedule: '*/5 * * * *', enabled: true, last_attempt_at: now, last_succeeded: true, next_run_at: now + 300_000_000, ...change });
    async function proven({ behind = [], list = async () => [ran()] }: { behind?: readonly string[]; list?: () => Promise<JobState[]> } = {}) {
      const again: string[] = [];
      const redrive = { publishAgain: async (messages: readonly ArchivedMessage[]) => void again.push(...messages.map(({ message_id }) => message_id)) };
      const jobs = { list } as Jobs;
      const answer = await reconcileJob({ books: store.directory.books, clock, ids: store.directory.ids, settings: DEFAULT_SETTINGS, days: 3, backlog: { behind: async () => behind }, jobs, needed_jobs: ['post-ledger'], redrive }, log);
      return { status: answer.status, verdict: answer.body?.verdict, reason: String(answer.body?.reason), published_again: answer.body?.published_again, again, lines: log.lines.splice(0) };
    }

    test('green', async () => expect(await proven()).toMatchObject({ status: 200, verdict: 'reconciled', published_again: 0, again: [], lines: ['INFO books reconciled'] }));

    test('red is 200 as well, an error in the log, and what is missing is published again', async () => {
      const found = await store.trial("DELETE FROM payment_journal WHERE message_id = 'm-1-again'", () => proven());
      expect(found).toMatchObject({ status: 200, verdict: 'breaks', published_again: 1, again: ['m-1-again'], lines: ['ERROR reconciliation found breaks', 'WARNING missing messages published again'] });
    });

    test('where a subscription is behind: incomplete, never green, and nothing is published again', async () => {
      const found = await store.trial("DELETE FROM payment_journal WHERE message_id = 'm-1-again'", () => proven({ behind: ['5 messages in payments wait'] }));
      expect(found).toMatchObject({ status: 200, verdict: 'incomplete', reason: expect.stringContaining('5 messages in payments wait'), published_again: 0, again: [], lines: ['WARNING reconciliation incomplete'] });
    });

    const late: [string, Parameters<typeof proven>[0], string][] = [
      ['a job is paused', { list: async () => [ran({ enabled: false })] }, 'the job post-ledger is paused'],
      ['a job is gone', { list: async () => [] }, 'the job post-ledger does not exist'],
      ['the scheduler is not to be asked', { list: () => Promise.reject(Object.assign(new Error('secret'), { code: 7 })) }, 'whether the jobs ran is not known: the scheduler could not be asked (7)'],
    ];
    test.each(late)('where %s: incomplete, never green, but what is missing is published again: no job takes messages in', async (_name, state, why) => {
      const found = await store.trial("DELETE FROM payment_journal WHERE message_id = 'm-1-again'", () => proven(state));
      expect(found).toMatchObject({ status: 200, verdict: 'incomplete', published_again: 1, again: ['m-1-again'], lines: ['WARNING reconciliation incomplete', 'WARNING missing messages published again'] });
      expect(found.reason).toContain(why);
      expect(found.reason).not.toContain('secret');
    });
  });

  describe('settings in force', () => {
    const audited = () => store.rows("SELECT setting, old_value, new_value, actor FROM audit_log WHERE action = 'setting_changed' ORDER BY effective_at, setting");
    const audit = (change = {}) => auditSettings(store.directory.books, clock, { ...DEFAULT_SETTINGS, ...change }, 'revision trial-1');

    test('are audited where they differ from what was audited last, else not', async () => {
      await store.trial([], async () => {
        expect(await audit()).toEqual([]);
        expect(await audit({ orphan_grace: 48 * MICROS_PER_HOUR, producer: 'shop' })).toEqual(['orphan_grace', 'producer']);
        expect(await audit({ orphan_grace: 48 * MICROS_PER_HOUR, producer: 'shop' })).toEqual([]);
        now += 1;
        expect(await audit({ producer: 'shop' })).toEqual(['orphan_grace']);
        expect(await audit({ producer: 'shop' })).toEqual([]);
        expect(await audited()).toEqual([
          { setting: 'orphan_grace', old_value: '1d', new_value: '2d', actor: 'revision trial-1' },
          { setting: 'producer', old_value: '', new_value: 'shop', actor: 'revision trial-1' },
          { setting: 'orphan_grace', old_value: '2d', new_value: '1d', actor: 'revision trial-1' },
        ]);
      });
    });

    test('once for an instance; after a failure again', async () => {
      let calls = 0;
      const once = onceDone(async (given: string) => {
        calls += 1;
        if (given === 'bad') throw new Error('away');
      });
      await expect(Promise.all([once('bad'), once('bad')])).rejects.toThrow('away');
      expect(calls).toBe(1);
      await Promise.all([once('good'), once('good')]);
      await once('good');
      expect(calls).toBe(2);
    });
  });
});
