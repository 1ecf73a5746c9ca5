import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { simulateFile } from '../../functions/local/simulate-file.ts';
import { rows, run } from '../support/run-command.ts';
import { sharedDirectory } from '../support/temporary-directory.ts';
import { at, writeLines } from '../support/traffic.ts';

/** One store that all tests here read: two payments, a duplicate, a conflict and a reject. */
const directory = sharedDirectory();
const data = join(directory, 'data');

beforeAll(async () => {
  const lines = [at('10:00', 'm1', 't1', { amount: '9999999999999.99' }), at('10:01', 'm2', 't1', { amount: '9999999999999.99' }), at('10:02', 'm3', 't1', { amount: '1' }), at('10:03', 'm4', 't2', { currency: 'BHD', amount: '0.001' }), at('10:04', 'm5', 't3', { amount: 5 })];
  await run('ingest', writeLines(directory, 'f', lines), '--data-dir', data);
  await run('reconcile', '--data-dir', data);
});

describe('sql', () => {
  const refused: [what: string, query: string][] = [
    ['an insert', "INSERT INTO audit_log SELECT * FROM audit_log"],
    ['an update', 'UPDATE payment_transactions SET amount = 0'],
    ['a delete', 'DELETE FROM payment_journal'],
    ['a table', 'CREATE TABLE x (a INT)'],
    ['a temporary table', 'CREATE TEMP TABLE x (a INT)'],
    ['a table in memory', 'CREATE TABLE memory.main.x (a INT)'],
    ['a view', 'CREATE VIEW x AS SELECT 1'],
    ['a drop', 'DROP TABLE payment_transactions'],
    ['COPY to a file', `COPY (SELECT 1) TO '${directory}/made-by-copy'`],
    ['COPY from a file', "COPY audit_log FROM '/etc/passwd'"],
    ['EXPORT', `EXPORT DATABASE '${directory}/made-by-export'`],
    ['ATTACH', `ATTACH '${directory}/made-by-attach'`],
    ['ATTACH in memory', "ATTACH ':memory:' AS other"],
    ['DETACH', 'DETACH ledger'],
    ['INSTALL', 'INSTALL httpfs'],
    ['LOAD', 'LOAD httpfs'],
    ['PRAGMA', "PRAGMA memory_limit='8GB'"],
    ['SET', 'SET threads = 8'],
    ['SET external access', 'SET enable_external_access = true'],
    ['RESET', 'RESET enable_external_access'],
    ['CALL', "CALL pragma_version()"],
    ['CHECKPOINT', 'CHECKPOINT'],
    ['a transaction', 'BEGIN TRANSACTION'],
    ['several statements', 'SELECT 1; SELECT 2'],
    ['a write behind a query', 'SELECT 1; DROP TABLE payment_journal'],
    ['a file as a table', "SELECT * FROM '/etc/passwd'"],
    ['read_csv', "SELECT * FROM read_csv('/etc/passwd')"],
    ['read_text', "SELECT * FROM read_text('/etc/passwd')"],
    ['read_blob', "SELECT * FROM read_blob('/proc/self/environ')"],
    ['glob', "SELECT * FROM glob('/etc/*')"],
    ['a file over the network', "SELECT * FROM 'https://example.com/x.parquet'"],
    ['the environment', "SELECT getenv('PATH')"],
    ['no statement', ''],
    ['white space and semicolons', ' ;\n;'],
    ['a comment', '/* SELECT 1 */'],
    ['a comment to the end', ' -- SELECT 1'],
    ['no SQL', 'SELEKT 1'],
    ['an unknown table', 'SELECT * FROM nowhere'],
  ];
  test('takes one query and nothing else', async () => {
    for (const [what, query] of refused) {
      const { code, stdout, stderr } = await run('sql', query, '--data-dir', data, '--json');
      expect(code, `${what}: ${stdout}${stderr}`).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({ error: expect.stringMatching(/^The query failed: /), exit_code: 2 });
    }
    expect(readdirSync(directory).filter((name) => name.startsWith('made-by'))).toEqual([]);
    expect(await rows(data, 'SELECT COUNT(*) AS n FROM payment_journal')).toEqual([{ n: 5 }]);
  });

  test.each(['', '  ', ';', '/* SELECT 1 */ -- none'])('%j: says what is wrong and what to do', async (query) => {
    expect(await run('sql', query, '--data-dir', data)).toMatchObject({ code: 2, stderr: expect.stringMatching(/^The query failed: there is no statement in it\.\n→ Give one in quotes: payments sql "SELECT/) });
  });

  test.each(['DESCRIBE payment_journal', 'SHOW TABLES', 'SUMMARIZE posting_runs', 'SELECT 1;', '(SELECT 1)', 'VALUES (1)', 'WITH a AS (SELECT 1) SELECT * FROM a', 'FROM posting_runs'])('takes %s', async (query) => {
    expect((await run('sql', query, '--data-dir', data)).code).toBe(0);
  });

  test('--json gives an array of objects, with money, large integers, times and bytes exact', async () => {
    const query = `SELECT amount, amount_minor, 9007199254740993 AS beyond, (SUM(amount_minor) OVER () + 1) * 1000000 AS large, event_time, event_date, fingerprint_version IS NULL AS none, NULL AS nothing, data_sha256, TRUE AS yes, 0.1::DOUBLE AS half,
      [1, 2] AS list, 'a"b' AS text FROM payment_transactions JOIN payment_journal USING (message_id, data_sha256, amount, amount_minor, event_time) WHERE payment_transactions.message_id = 'm1'`;
    const [row] = await rows(data, query);
    expect(row).toMatchObject({
      amount: '9999999999999.990000000',
      amount_minor: 999_999_999_999_999,
      beyond: '9007199254740993',
      large: '1000000000000000000000',
      event_time: '2024-03-01T10:00:00Z',
      event_date: '2024-03-01',
      none: false,
      nothing: null,
      data_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      yes: true,
      text: 'a"b',
    });
    expect(await rows(data, 'SELECT 1 AS n WHERE FALSE')).toEqual([]);
    expect(Object.values((await rows(data, 'SELECT 1 AS a, 2 AS a'))[0])).toEqual([1, 2]);
  });

  test('a table for people keeps control characters out', async () => {
    expect((await run('sql', "SELECT 'a' || chr(27) || '[2Jb' AS text", '--data-dir', data)).stdout).toBe('text\n──────\na [2Jb\n');
    expect((await run('sql', 'SELECT 1 AS n WHERE FALSE', '--data-dir', data)).stdout).toBe('(no rows)\n');
  });
});

describe('trace', () => {
  test('by transaction_id and by message_id: as published, lines, claim, posting, and how copies differ', async () => {
    for (const id of ['t1', 'm1', 'm3']) {
      const { code, stdout } = await run('trace', id, '--data-dir', data, '--json');
      expect(code).toBe(0);
      const found = JSON.parse(stdout) as Record<string, { message_id: string }[]> & { claim: { owner: string } };
      expect(found).toMatchObject({ id, transaction_id: 't1', claim: { owner: 'm1' }, postings: [{ message_id: 'm1' }] });
      for (const part of ['published', 'lines']) expect(found[part].map((one) => one.message_id)).toEqual(['m1', 'm2', 'm3']);
      expect(found.differences).toContainEqual({ message_id: 'm3', fields: expect.arrayContaining([{ field: 'amount', counts: '9999999999999.99', copy: '1' }]) });
    }
    const people = await run('trace', 't1', '--data-dir', data);
    for (const part of ['As published', 'Journal lines', 'owned by message m1', 'In the ledger', 'm3 differs from the message that counts']) expect(people.stdout).toContain(part);
  });

  test('a rejected message shows its faults, and what it says', async () => {
    const people = (await run('trace', 'm5', '--data-dir', data)).stdout;
    expect(people).toMatch(/^Faults of m5\n {2}amount_is_a_number in amount: found 5\. Send it as text, in quotes: "5"\.$/m);
    expect(people).toMatch(/^In the ledger\n {2}never: rejected$/m);
    expect(people).toMatch(/^Text of m5, as published but for card data\n {2}\{"transaction_id":"t3",.*"amount":5,/m);
    expect(JSON.parse((await run('trace', 'm5', '--data-dir', data, '--json')).stdout)).toMatchObject({ texts: [{ message_id: 'm5', text: expect.stringContaining('"amount":5'), cut: false }] });
    expect(JSON.parse((await run('trace', 'm1', '--data-dir', data, '--json')).stdout)).toMatchObject({ texts: [] });
  });

  test('--json gives times, bytes and numbers as `sql --json` does', async () => {
    const found = JSON.parse((await run('trace', 'm1', '--data-dir', data, '--json')).stdout) as Record<string, Record<string, unknown>[]>;
    const HEX = { data_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) };
    const TIME = expect.stringMatching(/^2024-03-01T10:\d\d:\d\d(\.\d+)?Z$/);
    expect(found.published[0]).toEqual({ source: 'f', line_number: 1, message_id: 'm1', ...HEX, published_at: TIME, dead_letter_published_at: null, transaction_id: 't1' });
    expect(found.lines[0]).toMatchObject({ ...HEX, identity_key: expect.stringMatching(/^[0-9a-f]{32}$/), journaled_at: TIME, event_time: '2024-03-01T10:00:00Z', fraud_score: expect.any(Number), line_number: 1 });
    expect(found.claim).toEqual({ owner: 'm1', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/), claimed_at: TIME, expires_at: expect.stringMatching(/Z$/) });
    expect(found.postings[0]).toMatchObject({ ...HEX, amount: '9999999999999.990000000', effect_minor: 999_999_999_999_999, posting_run: 1, posted_at: TIME, booking_date: '2024-03-01' });
    expect(JSON.stringify(found)).not.toContain('"Buffer"');
  });

  test('an unknown id is said, with exit 1', async () => {
    expect(await run('trace', "x' OR 1=1", '--data-dir', data)).toMatchObject({ code: 1, stdout: expect.stringContaining('Nothing is known of') });
    expect(JSON.parse((await run('trace', 'x', '--data-dir', data, '--json')).stdout)).toMatchObject({ published: [], lines: [], postings: [] });
  });
});

describe('report', () => {
  test('in every format, printed or written, by booking date', async () => {
    for (const format of ['text', 'html', 'json', 'csv']) {
      const out = join(directory, `report.${format}`);
      expect(await run('report', '--format', format, '--out', out, '--date', '2024-03-01', '--data-dir', data)).toMatchObject({ code: 0, stdout: '' });
      const printed = await run('report', '--format', format, '--date', '2024-03-01', '--data-dir', data);
      expect(printed.stdout.trim()).toBe(readFileSync(out, 'utf8').trim());
      expect(printed.stdout).toContain('2024-03-01');
    }
    expect(JSON.parse((await run('report', '--json', '--data-dir', data)).stdout)).toBeTypeOf('object');
    expect((await run('report', '--data-dir', data)).stdout).toBe((await run('report', '--data-dir', data)).stdout);
  });

  test.each([
    [['--date', '2024-02-30'], 2, '--date: '],
    [['--format', 'pdf'], 2, 'Allowed choices are'],
    [['--out', '/no/such/place/report.html'], 3, "can't be written"],
  ])('%j is refused', async (options, code, says) => {
    expect(await run('report', ...options, '--data-dir', data)).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(says) });
  });
});

describe('verify', () => {
  test('holds without a key; a key of other traffic doesn\'t, and names what differs', async () => {
    expect((await run('verify', '--data-dir', data)).code).toBe(0);
    const key = join(directory, 'key.json');
    await simulateFile({ payments: 20, days: 1, seed: 1, source: 'f' }, join(directory, 'other.jsonl'), key);
    const wrong = await run('verify', '--answer-key', key, '--data-dir', data);
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toMatch(/^FAIL payments posted: expected \d+, found 2$/m);
    expect(JSON.parse((await run('verify', '--answer-key', key, '--data-dir', data, '--json')).stdout)).toMatchObject({ ok: false, failed: expect.any(Number) });
  });

  test.each([['{}', 'is no answer key'], ['x', "can't be read"]])('a key that is none (%s) is said', async (content, says) => {
    const key = join(directory, 'none.json');
    writeFileSync(key, content);
    const { code, stderr } = await run('verify', '--answer-key', key, '--data-dir', data);
    expect({ code, stack: /^ {4}at /m.test(stderr) }).toEqual({ code: 3, stack: false });
    expect(stderr).toContain(says);
  });
});

test('commands that need a ledger make none', async () => {
  const none = join(directory, 'none');
  for (const command of [['post'], ['sweep'], ['reconcile'], ['verify'], ['report'], ['prune-claims'], ['trace', 'x'], ['sql', 'SELECT 1'], ['decide', 'x', '--reject', '--reason', 'y']]) {
    expect(await run(...command, '--data-dir', none)).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('There is no ledger in') });
  }
  expect(existsSync(none)).toBe(false);
});
