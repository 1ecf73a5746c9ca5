import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildFunctions } from '../../infra/package/build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the functions are, as `npm run build` makes them. */
    readonly functions: string;
  }
}

/** Once for all files of tests. */
export default async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'payments-functions-'));
  await buildFunctions(folder);
  provide('functions', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
