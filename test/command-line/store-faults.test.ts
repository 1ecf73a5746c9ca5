import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { openDataDirectory } from '../../functions/local/data-directory.ts';
import { simulated } from '../support/books-in-test.ts';
import { payments, RUN } from '../support/payments-command.ts';
import { run } from '../support/run-command.ts';
import { sharedDirectory, temporaryDirectory } from '../support/temporary-directory.ts';
import { payment, writeLines } from '../support/traffic.ts';

/** The user that owns nothing, on Linux. */
const NOBODY = 65_534;

test('a store held by another process: its PID and command are named, and nothing is touched', async () => {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const file = writeLines(directory, 'f', [payment('t1')]);
  const opened = await openDataDirectory(data, DEFAULT_SETTINGS);
  for (const command of [['ingest', file], ['sql', 'SELECT 1', '--json']]) {
    const { code, stdout, stderr } = await payments([...command, '--data-dir', data]);
    expect(code).toBe(3);
    const said = command.includes('--json') ? (JSON.parse(stdout) as { error: string }).error : stderr;
    expect(said).toContain(`is held by process ${process.pid} (`);
    expect(said).toContain(readFileSync('/proc/self/cmdline', 'utf8').split('\0')[0]);
  }
  opened.close();
  expect((await run('ingest', file, '--data-dir', data)).code).toBe(0);
});

describe('no permission', () => {
  test('is said with what to do, for a file and for a data directory', (context) => {
    const directory = temporaryDirectory();
    const file = writeLines(directory, 'f', [payment('t1')]);
    const open = writeLines(directory, 'open', [payment('t1')]);
    const locked = join(directory, 'locked');
    mkdirSync(locked);
    chmodSync(directory, 0o755);
    chmodSync(file, 0o000);
    chmodSync(locked, 0o500);
    // Root may read everything, so the commands run as somebody else.
    const as = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    const reachable = spawnSync(process.execPath, ['-e', 'fs.accessSync(process.argv[1])', RUN], { ...as, cwd: '/' });
    if (reachable.status !== 0) context.skip(`as user ${NOBODY} neither Node nor ${RUN} can be read, so this can't be tried here`);
    const started = (args: string[]) => spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', RUN, ...args], { ...as, cwd: '/', encoding: 'utf8' });
    const sealed = join(directory, 'sealed');
    mkdirSync(sealed);
    writeFileSync(join(sealed, 'ledger.duckdb'), '');
    chmodSync(sealed, 0o700);
    if (as.uid === undefined) chmodSync(sealed, 0o000); // our own
    for (const command of [['report'], ['post'], ['config'], ['ingest', open]]) {
      const { status, stderr } = started([...command, '--data-dir', sealed]);
      expect(stderr, command[0]).toMatch(/sealed(\/ledger\.duckdb)? can't be opened: no permission\.\n→ Give this user the right/);
      expect(status).toBe(3);
    }
    chmodSync(sealed, 0o700); // so that it can be removed
    const unreadable = started(['ingest', file, '--data-dir', join(locked, 'data')]);
    expect(unreadable.error).toBeUndefined();
    expect(unreadable.stderr).toMatch(/f can't be read: no permission\.\n→ Give this user the right/);
    expect(unreadable.status).toBe(3);
    const unwritable = started(['ingest', open, '--data-dir', join(locked, 'data')]);
    expect(unwritable.stderr).toMatch(/The data directory .* can't be made: EACCES.*\n→ Name a place/);
    expect(unwritable.status).toBe(3);
    const unopened = started(['ingest', open, '--data-dir', locked]);
    expect(unopened.stderr).toMatch(/ledger\.duckdb can't be opened: no permission\.\n→ Give this user the right/);
    expect(unopened.status).toBe(3);
  });
});

describe('a full disk', () => {
  const directory = sharedDirectory();
  let file: string;
  let key: string;
  beforeAll(async () => {
    ({ file, key } = await simulated(directory, 4_000, 5));
  });

  // A limit on the size of files stands for the disk: writing fails in the same calls, at a place that the test can choose.
  test.each([400, 2_000])('at %i KiB a file: says so, loses nothing, and goes on when there is room', async (kib) => {
    const data = join(temporaryDirectory(), 'data');
    const ingest = ['ingest', file, '--data-dir', data];
    const command = `ulimit -f ${kib} && exec "$0" "$@"`;
    const full = spawnSync('bash', ['-c', command, process.execPath, '--disable-warning=ExperimentalWarning', RUN, ...ingest], { encoding: 'utf8' });
    expect(full.stderr).toMatch(/^The disk is full, or a file may not grow further: .*\n→ Make room, then run the same command again/);
    expect({ code: full.status, stdout: full.stdout }).toEqual({ code: 3, stdout: '' });
    expect((await run(...ingest)).code).toBe(0);
    const verified = await run('verify', '--answer-key', key, '--data-dir', data);
    expect(verified.stdout).not.toContain('FAIL');
    expect(verified.code).toBe(0);
  });
});

test('a line of 100 MB is rejected by its length, in bounded memory', async () => {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const file = join(directory, 'f.gz');
  writeFileSync(file, gzipSync(Buffer.concat([Buffer.from(`${payment('t1')}\n`), Buffer.alloc(100_000_000, 'x'), Buffer.from(`\n${payment('t2')}\n`)]), { level: 1 }));
  // The greatest memory of this very process: maxRSS of a child begins at its parent's.
  const report = "data:text/javascript,import{readFileSync}from'node:fs';process.on('exit',()=>process.stderr.write(/VmHWM:.*/.exec(readFileSync('/proc/self/status','utf8'))[0]))";
  const ingest = (input: string, into: string) => spawnSync(process.execPath, ['--import', report, '--disable-warning=ExperimentalWarning', RUN, 'ingest', input, '--data-dir', into], { encoding: 'utf8' });
  const short = ingest(writeLines(directory, 'short', [payment('t1')]), join(directory, 'short-data'));
  const long = ingest(file, data);
  expect(long).toMatchObject({ status: 0, stdout: expect.stringContaining('3 messages journaled (2 recorded, 1 rejected)') });
  const kib = (stderr: string) => Number(/VmHWM:\s*(\d+) kB/.exec(stderr)?.[1]);
  expect(kib(long.stderr) - kib(short.stderr)).toBeLessThan(75 * 1_024);
  const found = await run('sql', "SELECT faults FROM payment_journal WHERE outcome = 'rejected'", '--data-dir', data);
  expect(found.stdout).toContain('100000000 bytes, SHA-256');
});
