import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const ROOT = join(import.meta.dirname, '../../..');

interface Run {
  /** passed, failed, pending, todo; a text is written as it is; null: no report. */
  readonly report: readonly number[] | string | null;
  readonly success?: boolean;
  readonly exit_code: string;
}

function count(...runs: readonly Run[]) {
  const directory = temporaryDirectory();
  const parameters = runs.flatMap(({ report, success = true, exit_code }, index) => {
    const path = join(directory, `${index}.json`);
    if (typeof report === 'string') writeFileSync(path, report);
    else if (report) writeFileSync(path, JSON.stringify({ numPassedTests: report[0], numFailedTests: report[1], numPendingTests: report[2], numTodoTests: report[3], success }));
    return [path, exit_code];
  });
  const { stdout, status } = spawnSync(process.execPath, [join(ROOT, '.ci/count.mjs'), ...parameters], { encoding: 'utf8' });
  return [stdout, status];
}

const GOOD: Run = { report: [7, 0, 1, 2], exit_code: '0' };

describe('the closing line', () => {
  const cases: [string, Run[], string, number][] = [
    ['one good run', [GOOD], '7 passed, 0 failed, 3 skipped', 0],
    ['two good runs are summed', [GOOD, { report: [5, 0, 0, 0], exit_code: '0' }], '12 passed, 0 failed, 3 skipped', 0],
    ['a failed test fails the whole', [GOOD, { report: [5, 2, 0, 0], success: false, exit_code: '1' }], '12 passed, 2 failed, 3 skipped', 1],
    ['in the first run as well', [{ report: [5, 2, 0, 0], success: false, exit_code: '1' }, GOOD], '12 passed, 2 failed, 3 skipped', 1],
    ['a suite that does not load', [GOOD, { report: [5, 0, 0, 0], success: false, exit_code: '1' }], '12 passed, 1 failed, 3 skipped', 1],
    ['the same, where the exit code was lost', [{ report: [5, 0, 0, 0], success: false, exit_code: '0' }], '5 passed, 1 failed, 0 skipped', 1],
    ['an error after the report (types, a worker)', [{ report: [5, 0, 0, 0], exit_code: '2' }], '5 passed, 1 failed, 0 skipped', 1],
    ['no report: an engine is missing', [GOOD, { report: null, exit_code: '1' }], '7 passed, 1 failed, 3 skipped', 1],
    ['no report though it ended well', [GOOD, { report: null, exit_code: '0' }], '7 passed, 1 failed, 3 skipped', 1],
    ['a report that breaks off', [GOOD, { report: '{"numPassedTests":5', exit_code: '0' }], '7 passed, 1 failed, 3 skipped', 1],
    ['a report of something else', [GOOD, { report: '{"version":1}', exit_code: '0' }], '7 passed, 1 failed, 3 skipped', 1],
    ['a run without a test', [GOOD, { report: [0, 0, 0, 0], exit_code: '0' }], '7 passed, 1 failed, 3 skipped', 1],
  ];
  test.each(cases)('%s', (_name, runs, line, status) => expect(count(...runs)).toEqual([`${line}\n`, status]));
});

test('the gate ends with the counting, and nothing in it ends the script before, once there is something to count', () => {
  const lines = readFileSync(join(ROOT, '.ci/run'), 'utf8').trim().split('\n');
  expect(lines.at(-1)).toMatch(/node \.ci\/count\.mjs "\$reports\/tests\.json" "\$tests" "\$reports\/emulators\.json" "\$emulators" "\$reports\/engine\.json" "\$engine"$/);
  expect(lines.filter((line) => /set -\w*e|\bexit\b/.test(line))).toEqual(['npm ci || { echo "npm ci failed"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }']);
});
