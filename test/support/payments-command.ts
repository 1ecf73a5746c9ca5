import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export const RUN = join(import.meta.dirname, '../../functions/local/run.mjs');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `payments …` as a process of its own. */
export function startPayments(args: readonly string[], options: { cwd?: string; input?: string | Uint8Array } = {}): { process: ChildProcess; finished: Promise<Finished> } {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', RUN, ...args], { cwd: options.cwd });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => out.push(piece));
  child.stderr.on('data', (piece: Buffer) => err.push(piece));
  child.stdin.on('error', () => undefined); // killed before it had read everything
  child.stdin.end(options.input ?? '');
  const finished = new Promise<Finished>((resolve) => child.once('close', (code) => resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() })));
  return { process: child, finished };
}

/** Runs `payments …` to its end. */
export function payments(args: readonly string[], options: { cwd?: string; input?: string | Uint8Array } = {}): Promise<Finished> {
  return startPayments(args, options).finished;
}
