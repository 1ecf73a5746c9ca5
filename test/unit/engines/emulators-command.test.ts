import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const PROGRAM = join(import.meta.dirname, '../../../engines/emulators.ts');

/** The command on a machine without Python. */
function emulators(parameters: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const empty = join(temporaryDirectory(), 'bin');
  mkdirSync(empty);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, ...parameters], { encoding: 'utf8', env: { PATH: empty, ...environment } });
  return { status, stdout, stderr };
}

describe('a missing engine', () => {
  const only = ['--only', 'bigquery'];
  const cases: [string, string[], NodeJS.ProcessEnv, number, RegExp][] = [
    ['is a failure', only, {}, 1, /^$/],
    ['is skipped where that was asked for', [...only, '--or-skip'], {}, 0, /^SKIPPED: .*bigquery is missing\.\n$/],
    ['is a failure in CI all the same', [...only, '--or-skip'], { CI: 'true' }, 1, /^$/],
    ['keeps the command from running', [...only, '--or-skip', '--', '/bin/echo', 'ran'], {}, 0, /^SKIPPED/],
  ];
  test.each(cases)('%s', (_name, parameters, environment, status, stdout) => {
    const answer = emulators(parameters, environment);
    expect(answer.status).toBe(status);
    expect(answer.stdout).toMatch(stdout);
    expect(answer.stderr).toMatch(/MISSING ENGINE: bigquery\n {2}Python 3\.11 or newer with venv is needed; there is none on the PATH\.\n {2}Install it/);
  });
});

test('an engine that there is not, is an error that lists those that there are', () => {
  const { status, stderr } = emulators(['--only', 'spanner']);
  expect(status).toBe(1);
  expect(stderr).toContain('There is no engine spanner: pubsub, firestore, bigquery.');
});

test('--help tells of every option', () => {
  const { status, stdout } = emulators(['--help']);
  expect(status).toBe(0);
  for (const option of ['--only', '--json', '--or-skip', 'command']) expect(stdout).toContain(option);
});
