import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { STORE_VERSION } from '../../functions/adapters/embedded/store.ts';
import { openDataDirectory } from '../../functions/local/data-directory.ts';
import { ingestFile } from '../../functions/local/ingest/ingest-file.ts';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { dumpLedger } from '../support/ledger-dump.ts';
import { dispositions, rows, run } from '../support/run-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { at, message, payment, writeLines } from '../support/traffic.ts';

const NOISE = Buffer.from(Array.from({ length: 4_000 }, (_one, index) => (index * 7_919 + (index >> 3)) % 256));
const REJECTS = Array.from({ length: 1_200 }, (_one, index) => (index % 3 === 0 ? '{"transaction_id":"t"}' : 'not json')).join('\n');
const ARRAY = /jq -c '\.\[\]' FILE > messages\.jsonl/;
const PULLED = JSON.stringify([JSON.parse(at('10:00', 'm1', 't1'))], null, 2);

describe('a file that is no payments file is refused, and leaves nothing behind', () => {
  const cases: [name: string, content: string | Uint8Array, says: RegExp, fix: RegExp][] = [
    ['empty', '', /f is empty/, /a message on each line/],
    ['blank lines only', '\n \n\r\n\t\n', /f is empty/, /a message on each line/],
    ['binary', NOISE, /All of the first \d+ messages of f are rejected/, /payments check/],
    ['a gzip that is none', Buffer.concat([Buffer.from([0x1f, 0x8b]), NOISE]), /f is a gzip that is damaged/, /Get the whole file/],
    ['an empty gzip', gzipSync(''), /f is empty/, /a message on each line/],
    ['all of the first 1,000 rejected', `${REJECTS}\n${payment('t1')}\n`, /All of the first 1,000 messages of f are rejected, so nothing was written\.\n {2}666 × not_json, first in line 2: found .*\n {2}334 × field_missing, first in line 1: customer_id: /, /--accept-all/],
    ['few lines, all rejected', 'name,amount\nAnna,10.00\n', /All of the first 2 messages .*\n {2}2 × \w+, first in line 1: .*found/, /payments convert/],
    ['a JSON array over lines', PULLED, /All of the first \d+ messages/, ARRAY],
    ['a JSON array in one line', JSON.stringify(JSON.parse(PULLED)), /The only message of f is rejected/, ARRAY],
    ['an array with white space around it', `  [ ${payment('t1')} ]\n`, /The only message of f is rejected/, ARRAY],
    ['an array longer than a line may be', JSON.stringify(Array.from({ length: 9_000 }, (_one, index) => JSON.parse(payment(`t${index}`)))), /line_too_long/, ARRAY],
    ['an array, a payment a line', `[\n${payment('t1')},\n${payment('t2')}\n]\n`, /3 of the first 4 messages of f are rejected, so nothing was written/, ARRAY],
    ['one message over lines', JSON.stringify(JSON.parse(at('10:00', 'm1', 't1')), null, 2), /All of the first \d+ messages/, /jq -c \. FILE/],
  ];
  test.each(cases)('%s', async (_name, content, says, fix) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'f'), content);
    const data = join(directory, 'data');
    const human = await run('ingest', join(directory, 'f'), '--data-dir', data);
    expect(human).toMatchObject({ code: 3, stdout: '' });
    expect(human.stderr).toMatch(says);
    expect(human.stderr).toMatch(fix);
    expect(human.stderr).not.toMatch(/^ {4}at /m);
    expect(existsSync(data)).toBe(false);
    const machine = await run('ingest', join(directory, 'f'), '--data-dir', data, '--json');
    expect(JSON.parse(machine.stdout)).toMatchObject({ exit_code: 3, error: expect.stringMatching(says), fix: expect.stringMatching(fix) });
  });

  test('in a store that has other sources, nothing of it is written either', async () => {
    const directory = temporaryDirectory();
    const data = join(directory, 'data');
    await run('ingest', writeLines(directory, 'good', [payment('t1')]), '--data-dir', data);
    const before = await dumpLedger(data);
    expect((await run('ingest', writeLines(directory, 'bad', ['x', 'y']), '--data-dir', data)).code).toBe(3);
    expect(await dumpLedger(data)).toEqual(before);
    expect(await rows(data, "SELECT * FROM source_checkpoints WHERE source = 'bad'")).toEqual([]);
  });

  test('--accept-all takes it as it is', async () => {
    const directory = temporaryDirectory();
    const data = join(directory, 'data');
    expect((await run('ingest', writeLines(directory, 'bad', ['x', 'y']), '--data-dir', data, '--accept-all')).code).toBe(0);
    expect(await dispositions(data)).toEqual(['bad:1 rejected', 'bad:2 rejected']);
  });
});

describe('a place that can\'t be used', () => {
  const cases: [name: string, make: (directory: string) => { file?: string; data?: string }, says: RegExp][] = [
    ['a directory for a file', (directory) => ({ file: directory }), /is not a file/],
    ['a file that isn\'t there', (directory) => ({ file: join(directory, 'none') }), /none doesn't exist/],
    ['a data directory that is a file', (directory) => ({ data: writeLines(directory, 'data', ['x']) }), /The data directory .* is a file/],
    ['a data directory inside a file', (directory) => ({ data: join(writeLines(directory, 'data', ['x']), 'inside') }), /can't be made/],
    ['a ledger that is no DuckDB file', (directory) => ({ data: store(directory, 'ledger.duckdb', NOISE) }), /ledger\.duckdb can't be opened: .*not a valid DuckDB/],
    ['claims that are no SQLite file', (directory) => ({ data: store(directory, 'claims.sqlite', NOISE) }), /claims\.sqlite is damaged, or no file of this product/],
  ];
  test.each(cases)('%s', async (_name, make, says) => {
    const directory = temporaryDirectory();
    const made = make(directory);
    const file = made.file ?? writeLines(directory, 'good', [payment('t1')]);
    const { code, stdout, stderr } = await run('ingest', file, '--data-dir', made.data ?? join(directory, 'data'));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/\n→ .+/);
    expect(stderr).not.toMatch(/^ {4}at /m);
    if (made.file) expect(readdirSync(directory)).not.toContain('data');
  });

  test('a store of another version is left alone', async () => {
    const directory = temporaryDirectory();
    const data = join(directory, 'data');
    const file = writeLines(directory, 'good', [payment('t1')]);
    await run('ingest', file, '--data-dir', data);
    const opened = await openDataDirectory(data, DEFAULT_SETTINGS);
    await opened.store.connection.run("UPDATE store_info SET value = '99' WHERE name = 'version'");
    opened.close();
    for (const command of [['ingest', file], ['sql', 'SELECT 1'], ['report']]) {
      const { code, stderr } = await run(...command, '--data-dir', data);
      expect(code).toBe(3);
      expect(stderr).toContain(`is a store of version 99; this release reads version ${STORE_VERSION}.\n→ Use the release that made it`);
    }
  });

  test('claims that are gone cost nothing: the ledger stays exact', async () => {
    const directory = temporaryDirectory();
    const data = join(directory, 'data');
    const file = writeLines(directory, 'f', [at('10:00', 'm1', 't1')]);
    await run('ingest', file, '--data-dir', data);
    for (const name of readdirSync(data)) if (name.startsWith('claims.sqlite')) rmSync(join(data, name));
    expect((await run('trace', 't1', '--data-dir', data)).code).toBe(0);
    await run('ingest', writeLines(directory, 'g', [at('10:01', 'm2', 't1')]), '--data-dir', data);
    expect(await dispositions(data)).toEqual(['m1 posted', 'm2 duplicate']);
  });
});

function store(directory: string, name: string, content: Uint8Array): string {
  const data = join(directory, 'data');
  mkdirSync(data);
  writeFileSync(join(data, name), content);
  return data;
}

describe('a source that isn\'t what it was', () => {
  test('a gzip that ends early gives its whole lines; the whole gzip goes on from there', async () => {
    const directory = temporaryDirectory();
    const data = join(directory, 'data');
    const file = join(directory, 'f.gz');
    const lines = Array.from({ length: 400 }, (_one, index) => at('10:00', `m${index}`, `t${index * 7_919}`));
    const whole = gzipSync(lines.map((line) => `${line}\n`).join(''));
    writeFileSync(file, whole.subarray(0, whole.length / 2));
    const cut = await run('ingest', file, '--data-dir', data);
    expect(cut).toMatchObject({ code: 3, stderr: expect.stringMatching(/ends early.*\n→ Whole lines that could be read before that point are kept/) });
    const [{ taken }] = await rows(data, 'SELECT COUNT(*) AS taken FROM payment_journal');
    expect(taken).toBeGreaterThan(50);
    expect(await rows(data, 'SELECT COUNT(*) AS archived FROM raw_messages')).toEqual([{ archived: taken }]);
    expect((await run('reconcile', '--data-dir', data)).stdout).toMatch(/^incomplete: .*f\.gz is not read to its end/);
    writeFileSync(file, whole);
    expect((await run('ingest', file, '--data-dir', data)).stdout).toContain(`f.gz: ${400 - Number(taken)} messages journaled`);
    expect((await run('reconcile', '--data-dir', data)).stdout).toMatch(/^reconciled/);
    expect(await rows(data, 'SELECT COUNT(*) AS n, MAX(journaled_at) IS NOT NULL AS stamped FROM payment_transactions')).toEqual([{ n: 400, stamped: true }]);
  });

  test('a file that is appended to while it is read gives what it had; run again, it goes on', async () => {
    const directory = temporaryDirectory();
    const file = writeLines(directory, 'f', Array.from({ length: 300 }, (_one, index) => at('10:00', `m${index}`, `t${index}`)));
    const opened = await openDataDirectory(join(directory, 'data'), DEFAULT_SETTINGS);
    let appended = false;
    const append = () => {
      if (!appended) appendFileSync(file, `${at('10:01', 'late', 'late')}\n`);
      appended = true;
    };
    const options = { path: file, source: 'f', clock: null, accept_all: true, batch_messages: 100 };
    await expect(ingestFile(opened, { ...options, onProgress: append })).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining('changed while it was read') });
    const first = Number((await opened.store.connection.runAndReadAll('SELECT COUNT(*) FROM payment_journal')).getRows()[0][0]);
    expect(first).toBeGreaterThanOrEqual(200);
    const { messages } = await ingestFile(opened, options);
    expect(first + messages).toBe(301);
    opened.close();
    expect((await run('reconcile', '--data-dir', join(directory, 'data'))).stdout).toMatch(/^reconciled/);
  });

  const changed: [name: string, first: string, then: string, says: RegExp, fix: RegExp][] = [
    ['other content under the same name', `${payment('t1')}\n`, `${payment('t2')}\n`, /The source f was read before with other content/, /--source/],
    ['less content under the same name', `${payment('t1')}\n${payment('t2')}\n`, `${payment('t1')}\n`, /read before with other content/, /--source/],
    ['an unterminated last line that has grown', payment('t1'), `${payment('t1')} \n${payment('t2')}\n`, /had no line end when it was read, and .* goes on in the middle of it/, /a file of its own/],
    ['lines after an unterminated last line', payment('t1'), `${payment('t1')}\n${payment('t2')}\n`, /had no line end when it was read, and .* goes on after it/, /a file of its own/],
  ];
  test.each(changed)('%s is refused', async (_name, first, then, says, fix) => {
    const directory = temporaryDirectory();
    const data = join(directory, 'data');
    const file = join(directory, 'f');
    writeFileSync(file, first);
    await run('ingest', file, '--data-dir', data);
    const before = await dumpLedger(data);
    writeFileSync(file, then);
    const { code, stderr } = await run('ingest', file, '--data-dir', data);
    expect(code).toBe(3);
    expect(stderr).toMatch(says);
    expect(stderr.split('→')[1]).toMatch(fix);
    expect(await dumpLedger(data)).toEqual(before);
  });
});

test('a file whose first day is one reject, and whose next day is good, is a payments file', async () => {
  const directory = temporaryDirectory();
  const file = writeLines(directory, 'f', [message('m1', '2024-03-01T23:59:00Z', 'no payment'), message('m2', '2024-03-02T00:01:00Z', payment('t2'))]);
  expect((await run('ingest', file, '--data-dir', join(directory, 'data'))).code).toBe(0);
  expect(await dispositions(join(directory, 'data'))).toEqual(['m1 rejected', 'm2 posted']);
});
