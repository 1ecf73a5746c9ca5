import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clearAbandoned, nameOfOurs } from '../../../engines/abandoned.ts';
import { cacheFolder } from '../../../engines/python-environment.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const LOCK = readFileSync(join(import.meta.dirname, '../../../engines/requirements.lock'), 'utf8');
/** More than Linux ever gives to a process. */
const NO_PROCESS = 2 ** 22 + 1;

test('the cache is where the desktop specification says', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/cache' })).toBe('/cache/exactly-once-payments');
  expect(cacheFolder({ XDG_CACHE_HOME: '' })).toMatch(/\/\.cache\/exactly-once-payments$/);
});

test('what a killed process left is removed, and nothing else', async () => {
  const folder = temporaryDirectory();
  const kept = ['emulators-1', `${nameOfOurs('building-')}a`, 'building-x', `other-${NO_PROCESS}-a`];
  for (const name of [...kept, `building-${NO_PROCESS}-a`]) mkdirSync(join(folder, name));
  await clearAbandoned(folder, 'building-');
  expect(readdirSync(folder).sort()).toEqual([...kept].sort());
});

describe('the lock', () => {
  const entries = LOCK.split(/\n(?=\w)/).filter((entry) => !entry.startsWith('#'));
  test('pins every package to one version, each with hashes', () => {
    expect(entries.length).toBeGreaterThan(70);
    expect(entries.filter((entry) => !/^[\w.-]+==[\w.]+( ; [^\\]+)? \\\n(\s+--hash=sha256:[0-9a-f]{64}( \\)?\n?)+$/.test(entry))).toEqual([]);
  });
  test('names no place to download from', () => expect(LOCK).not.toMatch(/:\/\/|--(extra-)?index|--find-links/));
  test('DuckDB is the one that its extension was made for', () => {
    const version = (name: string) => new RegExp(`^${name}==(\\S+)`, 'm').exec(LOCK)?.[1];
    expect(version('duckdb')).toBe(version('duckdb-extension-spatial'));
  });
});
