import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A fresh directory that goes away with the test. */
export function temporaryDirectory(): string {
  const directory = freshDirectory();
  onTestFinished(() => remove(directory));
  return directory;
}

/** A fresh directory that goes away with the file or `describe` in which this is called. */
export function sharedDirectory(): string {
  const directory = freshDirectory();
  afterAll(() => remove(directory));
  return directory;
}

function freshDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'payments-test-'));
}

function remove(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}
