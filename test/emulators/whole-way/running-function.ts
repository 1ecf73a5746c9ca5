import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FunctionName } from '../../../functions/deployed/function-variables.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
const FRAMEWORK = `${ROOT}node_modules/@google-cloud/functions-framework/build/src/main.js`;
const TRIES = 300;

/** One instance of a deployed function, in a process of its own under the Functions Framework. */
export interface RunningFunction {
  readonly port: number;
  /** What it wrote to its log. */
  readonly output: () => string;
  /** Ends it, and returns when it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Starts an instance, and returns when it answers. */
export async function runFunction(name: FunctionName, environment: Readonly<Record<string, string>>): Promise<RunningFunction> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', FRAMEWORK, `--target=${name}`, `--source=${ROOT}functions/index.ts`, '--signature-type=http', `--port=${port}`], {
    env: { ...process.env, ...environment, FUNCTION_TARGET: name },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await untilItAnswers(child, port, () => output);
  return {
    port,
    output: () => output,
    async end(signal) {
      child.kill(signal);
      await gone;
    },
  };
}

async function untilItAnswers(child: ChildProcess, port: number, output: () => string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (child.exitCode !== null) throw new Error(`the function ended with ${child.exitCode}:\n${output()}`);
    // 405: it is up, and takes nothing but POST.
    if (await fetch(`http://127.0.0.1:${port}/`).then(({ status }) => status === 405, () => false)) return;
    await wait(100);
  }
  throw new Error(`the function does not answer:\n${output()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
