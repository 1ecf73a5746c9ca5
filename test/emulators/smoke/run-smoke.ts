import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Result } from '../../../smoke/result.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** How a run ended. */
export interface Ended {
  readonly code: number | null;
  /** By name; null where the result was no JSON of a run. */
  readonly results: ReadonlyMap<string, Result> | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run smoke -- --json …` as a process, to its end. */
export async function runSmoke(args: readonly string[], environment: Readonly<Record<string, string | undefined>> = {}): Promise<Ended> {
  const child = spawn('npm', ['run', '--silent', 'smoke', '--', '--json', ...args], { cwd: ROOT, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const printed = stdout === '' ? {} : (JSON.parse(stdout) as { results?: Result[] });
  return { code, stdout, stderr, results: printed.results ? new Map(printed.results.map((one) => [one.name, one])) : null };
}
