import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sharedDirectory } from '../../support/temporary-directory.ts';

const ROOT = join(import.meta.dirname, '../../..');
const BUILT = 'dist/functions/process-payment/index.mjs';
const copy = sharedDirectory();

/** `npm run build` in a copy of the repository in which little is installed. */
const build = () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'infra/package/run.ts'], { cwd: copy, encoding: 'utf8', env: { PATH: process.env.PATH } });
  return { status, stdout, stderr };
};

beforeAll(() => {
  for (const part of ['functions', 'infra', 'sql', 'package.json', 'package-lock.json']) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  mkdirSync(join(copy, BUILT, '..'), { recursive: true });
  writeFileSync(join(copy, BUILT), 'built before');
});

test('without esbuild the build says how to get it, and leaves what there is', () => {
  expect(build()).toEqual({ status: 1, stdout: '', stderr: 'esbuild is not installed: run npm ci, with what is only for development\n' });
  expect(readFileSync(join(copy, BUILT), 'utf8')).toBe('built before');
});

test('where the code can\'t be bundled the build says why, in words of esbuild, and leaves what there is', () => {
  mkdirSync(join(copy, 'node_modules'));
  symlinkSync(join(ROOT, 'node_modules/esbuild'), join(copy, 'node_modules/esbuild'));
  const { status, stdout, stderr } = build();
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/functions\/adapters\/google\/[a-z-]+\.ts:\d+:\d+: ERROR: Could not resolve "@google-cloud\/firestore"/);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(readFileSync(join(copy, BUILT), 'utf8')).toBe('built before');
  rmSync(join(copy, 'node_modules'), { recursive: true });
});
