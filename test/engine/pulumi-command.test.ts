import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PULUMI_VERSION } from '../../engines/pulumi/versions.ts';

const RUN = join(import.meta.dirname, '../../engines/pulumi/run.ts');
const run = promisify(execFile);
let home: string;

beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'payments-pulumi-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A folder of the PATH with one command in it. */
function folderWith(name: string, command: string, script: string): string {
  const folder = join(home, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, command), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}

/** What `npm run test:engine` would say on a machine with such a PATH and nothing in its cache, with a command that shows what was found. */
async function find(path: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<{ readonly code: number; readonly said: string; readonly found: string | null }> {
  const environment = { PATH: [...path, '/usr/bin', '/bin'].join(delimiter), HOME: home, XDG_CACHE_HOME: join(home, 'cache'), ...variables };
  const command = [RUN, process.execPath, '-p', '`found ${process.env.PAYMENTS_PULUMI}`'];
  const ended = await run(process.execPath, ['--disable-warning=ExperimentalWarning', ...command], { env: environment }).then((out) => ({ ...out, code: 0 }), (error: { stdout: string; stderr: string; code: number }) => error);
  return { code: ended.code, said: ended.stdout + ended.stderr, found: /^found (.+)$/m.exec(ended.stdout)?.[1] ?? null };
}

/** A Go that makes a command with an answer to `version`, and says that it did. */
function go(version: string, answer: string): string {
  return folderWith('go', 'go', `case "$1" in env) echo go${version};; build) while [ "$1" != -o ]; do shift; done; mkdir -p "$(dirname "$2")"; printf '#!/bin/sh\\n${answer}\\n' > "$2"; chmod +x "$2"; echo built >> ${join(home, 'built')};; esac`);
}

const noGo = () => folderWith('go', 'go', 'exit 1');

test('the first Pulumi on the PATH that is new enough is taken, and what is too old is said', async () => {
  const old = folderWith('old', 'pulumi', 'echo v3.100.0');
  const none = folderWith('none', 'pulumi', 'echo hello');
  const good = folderWith('good', 'pulumi', 'echo v99.0.0');
  const { found, said } = await find([none, old, good, folderWith('later', 'pulumi', 'echo v98.0.0'), noGo()]);
  expect(found).toBe(join(good, 'pulumi'));
  expect(said).toContain(`${join(old, 'pulumi')} is 3.100.0, and ${PULUMI_VERSION} or newer is needed`);
});

test('what npm installs under the name is not asked', async () => {
  const launcher = folderWith('project/node_modules/.bin', 'pulumi', `touch ${join(home, 'asked')}; echo v99.0.0`);
  expect((await find([launcher, noGo()])).found).toBeNull();
  expect(existsSync(join(home, 'asked'))).toBe(false);
});

test('without Pulumi and without Go it says SKIPPED and how to get them; in CI that is a failure', async () => {
  const skipped = await find([noGo()]);
  expect(skipped).toMatchObject({ code: 0, found: null });
  expect(skipped.said).toMatch(/^SKIPPED: the tests on Pulumi's engine[\s\S]*no Go 1\.\d+\S* or newer[\s\S]*Install the Pulumi CLI/);
  const failed = await find([noGo()], { CI: 'true' });
  expect(failed).toMatchObject({ code: 1, found: null });
  expect(failed.said).toContain('Install the Pulumi CLI');
  expect((await find([go('1.20.1', `echo ${PULUMI_VERSION}`)])).said).toContain('SKIPPED');
});

test('with Go it is built once', async () => {
  const path = [go('1.99.0', `echo ${PULUMI_VERSION}`)];
  const first = await find(path);
  expect(first.found).toMatch(/cache\/exactly-once-payments\/pulumi-[0-9a-f]{16}\/pulumi$/);
  expect((await find(path)).found).toBe(first.found);
  expect((await find([noGo()])).found).toBe(first.found);
  expect(await run('cat', [join(home, 'built')])).toMatchObject({ stdout: 'built\n' });
});

test('a build that fails leaves nothing, and tells the compiler\'s words', async () => {
  const path = [folderWith('go', 'go', 'if [ "$1" = env ]; then echo go1.99.0; else echo it does not compile; exit 2; fi')];
  expect(await find(path)).toMatchObject({ code: 1, said: expect.stringContaining('it does not compile') });
  expect(readdirSync(join(home, 'cache/exactly-once-payments'))).toEqual([]);
});

test('the exit code is the command\'s', async () => {
  const path = [folderWith('good', 'pulumi', 'echo v99.0.0'), dirname(process.execPath)].join(delimiter);
  await expect(run(process.execPath, ['--disable-warning=ExperimentalWarning', RUN, 'sh', '-c', 'exit 7'], { env: { PATH: `${path}${delimiter}/bin`, HOME: home } })).rejects.toMatchObject({ code: 7 });
});
