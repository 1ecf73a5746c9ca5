import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sqliteClaims } from '../../functions/adapters/embedded/sqlite-claims.ts';
import { openStore } from '../../functions/adapters/embedded/store.ts';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { openDataDirectory } from '../../functions/local/data-directory.ts';
import { decodePayment } from '../../functions/payment/decode-payment.ts';
import { rows, run } from '../support/run-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { at, message, payment, writeLines } from '../support/traffic.ts';

/** Each line's message with the time of its stamp to the second, its outcome and flags. */
const LINES = "SELECT message_id, STRFTIME(journaled_at, '%d %H:%M:%S') AS stamp, outcome, flags FROM payment_journal ORDER BY journaled_at";

async function ingested(lines: readonly string[], ...options: string[]): Promise<string> {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const { code, stderr } = await run('ingest', writeLines(directory, 'f', lines), '--data-dir', data, ...options);
  expect(code, stderr).toBe(0);
  return data;
}

describe('the message clock', () => {
  test('goes forward only, by publish times; a message without one is stamped by the clock as it stands', async () => {
    const data = await ingested([at('10:00', 'm1', 't1'), at('12:00', 'm2', 't2'), at('11:30', 'm3', 't3'), message('m4', undefined, payment('t4', { event_time: '2024-03-01T11:59:00Z' })), at('10:59', 'm5', 't5')]);
    expect(await rows(data, LINES)).toEqual([
      { message_id: 'm1', stamp: '01 10:00:00', outcome: 'recorded', flags: null },
      { message_id: 'm2', stamp: '01 12:00:00', outcome: 'recorded', flags: null },
      { message_id: 'm3', stamp: '01 12:00:00', outcome: 'recorded', flags: null },
      { message_id: 'm4', stamp: '01 12:00:00', outcome: 'recorded', flags: null },
      { message_id: 'm5', stamp: '01 12:00:00', outcome: 'late', flags: null },
    ]);
  });

  test('goes on from file to file, and later copies of an earlier file are late', async () => {
    const directory = temporaryDirectory();
    const data = join(directory, 'data');
    const files = [writeLines(directory, 'new', [at('18:00', 'm1', 't1')]), writeLines(directory, 'old', [at('10:00', 'm2', 't2')])];
    await run('ingest', ...files, '--data-dir', data);
    expect(await rows(data, LINES)).toMatchObject([{ stamp: '01 18:00:00', outcome: 'recorded' }, { stamp: '01 18:00:00', outcome: 'late' }]);
  });

  test('isn\'t moved by a publish time ahead of the real clock, which is flagged', async () => {
    const data = await ingested([at('10:00', 'm1', 't1'), message('m2', '2190-01-01T00:00:00Z', payment('t2', { event_time: '2024-03-01T10:00:00Z' })), at('10:01', 'm3', 't3')]);
    expect(await rows(data, LINES)).toEqual([
      { message_id: 'm1', stamp: '01 10:00:00', outcome: 'recorded', flags: null },
      { message_id: 'm2', stamp: '01 10:00:00', outcome: 'recorded', flags: 'clock_skew' },
      { message_id: 'm3', stamp: '01 10:01:00', outcome: 'recorded', flags: null },
    ]);
    const reconciled = JSON.parse((await run('reconcile', '--data-dir', data, '--json')).stdout) as { breaks: unknown };
    expect(reconciled.breaks).toEqual([{ break_type: 'clock_skew', severity: 'warning', breaks: 1 }]);
  });

  test('takes a bare payment\'s event_time for its publish time', async () => {
    const data = await ingested([payment('t1', { event_time: '2024-03-01T08:00:00+02:00' }), payment('t2', { event_time: '2024-03-01T09:00:00Z' })]);
    expect(await rows(data, LINES)).toMatchObject([{ stamp: '01 06:00:00' }, { stamp: '01 09:00:00' }]);
  });

  test('is not set by a file without messages', async () => {
    const directory = temporaryDirectory();
    const data = join(directory, 'data');
    expect((await run('ingest', writeLines(directory, 'empty', []), '--accept-all', '--data-dir', data)).code).toBe(0);
    expect(await rows(data, "SELECT name FROM store_info WHERE name IN ('clock', 'last_stamp')")).toEqual([]);
    await run('ingest', writeLines(directory, 'f', [at('10:00', 'm1', 't1')]), '--data-dir', data);
    expect(await rows(data, LINES)).toMatchObject([{ stamp: '01 10:00:00', outcome: 'recorded' }]);
  });

  test('crosses midnights and gaps of months: each day is booked as it ends, and no empty run is made', async () => {
    const data = await ingested([at('10:00', 'm1', 't1'), at('23:59', 'm2', 't2'), message('m3', '2024-03-02T00:00:00Z', payment('t3', { event_time: '2024-03-02T00:00:00Z' })), message('m4', '2024-07-15T12:00:00Z', payment('t4', { event_time: '2024-07-15T12:00:00Z' }))]);
    expect(await rows(data, 'SELECT transaction_id, booking_date, posting_run FROM payment_transactions ORDER BY 1')).toEqual([
      { transaction_id: 't1', booking_date: '2024-03-01', posting_run: 1 },
      { transaction_id: 't2', booking_date: '2024-03-01', posting_run: 1 },
      { transaction_id: 't3', booking_date: '2024-03-02', posting_run: 2 },
      { transaction_id: 't4', booking_date: '2024-07-15', posting_run: 3 },
    ]);
    expect(await rows(data, 'SELECT COUNT(*) AS runs FROM posting_runs')).toEqual([{ runs: 3 }]);
  });
});

describe('the wall clock', () => {
  test('stamps by the machine\'s clock, so payments of long ago are late; another clock can\'t be mixed in', async () => {
    const data = await ingested([at('10:00', 'm1', 't1')], '--clock', 'wall');
    const [line] = await rows(data, "SELECT outcome, journaled_at > TIMESTAMPTZ '2024-03-02 00:00:00+00' AS is_now FROM payment_journal");
    expect(line).toEqual({ outcome: 'late', is_now: true });
    const other = writeLines(temporaryDirectory(), 'g', [at('10:00', 'm2', 't2')]);
    const mixed = await run('ingest', other, '--data-dir', data, '--clock', 'message');
    expect(mixed).toMatchObject({ code: 2, stderr: expect.stringMatching(/goes by the wall clock, fixed by its first ingest.*\n→ Leave --clock out/) });
    expect((await run('ingest', other, '--data-dir', data)).code).toBe(0);
  });

  test('is not fixed by an ingest that was refused', async () => {
    const directory = temporaryDirectory();
    const data = join(directory, 'data');
    await run('ingest', writeLines(directory, 'bad', ['x']), '--data-dir', data, '--clock', 'wall');
    expect((await run('ingest', writeLines(directory, 'good', [at('10:00', 'm1', 't1')]), '--data-dir', data, '--clock', 'message')).code).toBe(0);
  });
});

describe('--now', () => {
  test('moves the store\'s clock on, never back, never beyond the real clock', async () => {
    const data = await ingested([at('10:00', 'm1', 't1')]);
    const clock = async () => (await rows(data, "SELECT value FROM store_info WHERE name = 'clock'"))[0].value;
    const start = await clock();
    expect(await run('post', '--now', '2190-01-01T00:00:00Z', '--data-dir', data)).toMatchObject({ code: 2, stderr: expect.stringContaining('lies ahead of the real clock') });
    expect(await run('post', '--now', 'tomorrow', '--data-dir', data)).toMatchObject({ code: 2, stderr: expect.stringContaining('--now tomorrow is no time') });
    expect((await run('post', '--now', '2024-02-01T00:00:00Z', '--data-dir', data)).code).toBe(0);
    expect(await clock()).toBe(start);
    expect((await run('reconcile', '--now', '2024-03-05T00:00:00Z', '--data-dir', data)).code).toBe(0);
    expect(await clock()).toBe(String(Date.parse('2024-03-05T00:00:00Z') * 1_000));
    expect((await run('post', '--data-dir', data)).stdout).toContain('posted 0 payments into 2024-03-05');
  });
});

describe('a --now before the store\'s clock', () => {
  const NOTE = "--now 2024-02-01T00:00:00Z was not used: the store's clock is at 2024-03-01T10:00:00.000001Z already, and never goes back.";
  const commands = ['post', 'sweep', 'reconcile'];
  test.each(commands)('%s says that it was not used', async (command) => {
    const data = await ingested([at('10:00', 'm1', 't1')]);
    const early = ['--now', '2024-02-01T00:00:00Z', '--data-dir', data];
    expect(await run(command, ...early)).toMatchObject({ code: 0, stderr: `${NOTE}\n` });
    expect(JSON.parse((await run(command, ...early, '--json')).stdout)).toMatchObject({ note: NOTE });
  });

  test.each(commands)('%s says nothing of one that was used, nor when it is repeated', async (command) => {
    const data = await ingested([at('10:00', 'm1', 't1')]);
    for (const now of [['--now', '2024-03-01T11:00:00Z'], ['--now', '2024-03-01T11:00:00Z'], []]) {
      expect(await run(command, ...now, '--data-dir', data)).toMatchObject({ code: 0, stderr: '' });
    }
    expect(JSON.parse((await run(command, '--data-dir', data, '--json')).stdout)).toMatchObject({ note: null });
  });
});

/** A store whose payment t1 is a duplicate of a message that never came, stamped at 10:00 of 1 March. */
async function orphaned(): Promise<string> {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const orphan = payment('t1', { event_time: '2024-03-01T10:00:00Z' });
  const { payment: decoded } = decodePayment(Buffer.from(orphan), DEFAULT_SETTINGS);
  (await openDataDirectory(data, DEFAULT_SETTINGS)).close();
  const claims = sqliteClaims(join(data, 'claims.sqlite'));
  await claims.claim([{ identity: decoded!.identity, owner: 'lost', owner_data_sha256: createHash('sha256').update('lost').digest(), fingerprint: decoded!.fingerprint, claimed_at: 0, expires_at: 1 }]);
  claims.close();
  await run('ingest', writeLines(directory, 'f', [message('m1', '2024-03-01T10:00:00Z', orphan), at('10:00', 'm2', 't2')]), '--data-dir', data);
  return data;
}

test('a duplicate whose owner never came is posted by the sweep after the grace, and shown', async () => {
  const data = await orphaned();
  const posted = () => rows(data, 'SELECT transaction_id, message_id, booking_date FROM payment_transactions WHERE transaction_id = \'t1\'');
  expect(await posted()).toEqual([]);
  expect(JSON.parse((await run('reconcile', '--data-dir', data, '--json')).stdout)).toMatchObject({ verdict: 'pending', messages: { pending: 1 } });
  await run('sweep', '--now', '2024-03-02T09:59:00Z', '--data-dir', data);
  expect(await posted()).toEqual([]);
  expect((await run('sweep', '--now', '2024-03-02T10:01:00Z', '--data-dir', data)).stdout).toContain('posted 1 payment into 2024-03-02');
  expect(await posted()).toEqual([{ transaction_id: 't1', message_id: 'm1', booking_date: '2024-03-02' }]);
  expect(JSON.parse((await run('reconcile', '--data-dir', data, '--json')).stdout)).toMatchObject({ verdict: 'reconciled', breaks: [{ break_type: 'posted_by_grace', severity: 'warning', breaks: 1 }] });
});

test('under a shorter grace the sweep posts what has waited for longer than that already', async () => {
  const data = await orphaned();
  await run('sweep', '--now', '2024-03-01T22:00:00Z', '--data-dir', data);
  expect((await run('sweep', '--orphan-grace', '1h', '--data-dir', data)).stdout).toContain('posted 1 payment into 2024-03-01');
  expect((await run('sweep', '--now', '2024-03-03T22:00:00Z', '--data-dir', data)).stdout).toContain('posted 0 payments');
  expect(await run('reconcile', '--data-dir', data)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^reconciled/) });
});

test('sweep --all looks at the whole journal, so it finds what the look-back of a sweep passes over', async () => {
  const data = await ingested([at('10:00', 'm1', 't1'), message('m2', '2024-03-08T10:00:00Z', payment('t2', { event_time: '2024-03-08T10:00:00Z' }))]);
  await run('post', '--data-dir', data); // the first of its kind looks at everything
  const { connection, close } = await openStore(data);
  await connection.run("DELETE FROM payment_transactions WHERE transaction_id = 't1'"); // as a fault of ours would leave it
  close();
  const posted = async (...args: string[]) => (await run(...args, '--data-dir', data)).stdout;
  expect(await posted('post')).toContain('posted 0 payments');
  expect(await posted('sweep')).toContain('posted 0 payments');
  expect(await posted('sweep', '--all')).toContain('posted 1 payment into 2024-03-08');
  expect(await posted('sweep', '--all')).toContain('posted 0 payments');
  expect(await rows(data, "SELECT kind, rows_posted FROM posting_runs WHERE kind = 'audit' ORDER BY run")).toEqual([{ kind: 'audit', rows_posted: 1 }, { kind: 'audit', rows_posted: 0 }]);
});
