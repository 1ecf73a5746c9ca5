import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MissingEngine } from '../../../engines/engine.ts';
import { findPython } from '../../../engines/find-python.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/** Programs that answer what a Python would. */
function pythons(...answers: string[]): string[] {
  const directory = temporaryDirectory();
  return answers.map((answer, index) => {
    const path = join(directory, `python-${index}`);
    writeFileSync(path, `#!/bin/sh\n${answer}\n`);
    chmodSync(path, 0o755);
    return path;
  });
}

const OLD = 'echo 3 10 1 /usr@linux';
const WITHOUT_VENV = 'echo 3 12 0 /usr@linux';
const GOOD = 'echo 3 11 1 /usr@linux';

describe('the first that is new enough and has venv', () => {
  const cases: [string, string[], number][] = [
    ['the first', [GOOD, GOOD], 0],
    ['not an old one', [OLD, GOOD], 1],
    ['not one without venv', [WITHOUT_VENV, GOOD], 1],
    ['not one that does not run', ['exit 1', GOOD], 1],
    ['a later major version', ['echo 4 0 1 /usr@linux'], 0],
  ];
  test.each(cases)('%s', async (_name, answers, index) => {
    const candidates = pythons(...answers);
    expect((await findPython(candidates)).command).toBe(candidates[index]);
  });
});

test('where none fits, it says what there is and what to install', async () => {
  const candidates = pythons(OLD, WITHOUT_VENV);
  const error = await findPython(candidates).then(() => null, (one: unknown) => one as MissingEngine);
  expect(error).toBeInstanceOf(MissingEngine);
  expect(error?.message).toBe(`Python 3.11 or newer with venv is needed; ${candidates[0]} is 3.10, ${candidates[1]} is 3.12 without venv.`);
  expect(error?.fix).toContain('python3-venv');
});

test('where there is none at all, it says so', async () => {
  await expect(findPython(['/no/such/python'])).rejects.toThrow('there is none on the PATH');
});
