import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileReports } from '../../functions/adapters/embedded/file-reports.ts';
import { randomIds } from '../../functions/adapters/embedded/system-clock.ts';
import { reportsContract } from './reports.ts';

const fresh = () => mkdtempSync(join(tmpdir(), 'reports-'));
const remove = (directory: string) => rmSync(directory, { recursive: true, force: true });

describe('reports in files', () => {
  reportsContract(async () => {
    const directory = fresh();
    return { reports: fileReports(directory, randomIds), read: async (name) => readFileSync(join(directory, name), 'utf8'), close: async () => remove(directory) };
  });

  test('a reader never finds a half, and nothing is left beside', async () => {
    const directory = fresh();
    const reports = fileReports(directory, randomIds);
    const content = 'a'.repeat(2_000_000);
    const names = Array.from({ length: 20 }, (_, place) => `${place}.html`);
    let over = false;
    const writing = (async () => {
      for (const name of names) await reports.publish(name, content, 'text/html');
      over = true;
    })();
    let reads = 0;
    while (!over) {
      for (const name of readdirSync(directory).filter((found) => found.endsWith('.html'))) {
        expect(readFileSync(join(directory, name), 'utf8') === content).toBe(true);
        reads++;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
    expect(reads).toBeGreaterThan(20);
    expect(readdirSync(directory).sort()).toEqual([...names].sort());
    remove(directory);
  });

  test('where it fails, what was there stays, and nothing is left beside', async () => {
    const directory = fresh();
    mkdirSync(join(directory, 'r.html')); // a file can't take the name of a directory
    await expect(fileReports(directory, randomIds).publish('r.html', 'x', 'text/html')).rejects.toThrow(/EISDIR|EEXIST|ENOTEMPTY|EPERM/);
    expect(readdirSync(directory)).toEqual(['r.html']);
    remove(directory);
  });
});
