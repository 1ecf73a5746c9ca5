import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** One instance of a deployed function, in a process of its own. */
export interface RunningProcess {
  readonly pid: number;
  readonly port: number;
  /** Milliseconds from its start to its first answer. */
  readonly started_after: number;
  /** What it wrote to its log. */
  readonly output: () => string;
  /** Ends it, and returns when it is gone, and all that it wrote is here. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Milliseconds between two tries. */
const PAUSE = 20;
/** Milliseconds until a function must answer. */
const PATIENCE = 60_000;

/** Starts a command that serves a function on the port in its variable PORT, and returns when it answers. The variables are all that it is given. */
export async function runProcess(command: readonly [string, ...string[]], options: { readonly cwd?: string; readonly environment: Readonly<Record<string, string | undefined>> }): Promise<RunningProcess> {
  const port = await freePort();
  const start = performance.now();
  const child = spawn(command[0], command.slice(1), { cwd: options.cwd, env: { ...options.environment, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()));
  const gone = new Promise<Awaited<ReturnType<RunningProcess['end']>>>((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  await untilItAnswers(child, port, () => output);
  return {
    pid: child.pid!,
    port,
    started_after: performance.now() - start,
    output: () => output,
    end(signal) {
      child.kill(signal);
      return gone;
    },
  };
}

async function untilItAnswers(child: ChildProcess, port: number, output: () => string): Promise<void> {
  for (const until = performance.now() + PATIENCE; performance.now() < until; await wait(PAUSE)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the function ended with ${child.exitCode ?? child.signalCode}:\n${output()}`);
    // 405: it is up, and takes nothing but POST.
    if (await fetch(`http://127.0.0.1:${port}/`).then(({ status }) => status === 405, () => false)) return;
  }
  child.kill('SIGKILL');
  throw new Error(`the function does not answer:\n${output()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
