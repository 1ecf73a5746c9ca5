import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { AUDIENCE, CALLER } from './token-issuer.ts';

const MAIN = join(createRequire(import.meta.url).resolve('@google-cloud/functions-framework'), '../main.js');

/** A function under the framework in a process of its own, as the platform runs it. */
export interface FrameworkProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** What it has printed so far. */
  printed(): string;
  /** Resolves when it has ended, with its exit code and signal. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Every variable that processPayment must be given. */
export function environmentFor(keys_url: string): Record<string, string> {
  return {
    PAYMENTS_PROJECT: 'trial', PAYMENTS_LOCATION: 'EU', PAYMENTS_SUBSCRIPTION: 'projects/trial/subscriptions/payments',
    PAYMENTS_CALLER: CALLER, PAYMENTS_AUDIENCE: AUDIENCE, PAYMENTS_TOKEN_KEYS_URL: keys_url,
  };
}

export async function startFramework(source: string, target: string, environment: Readonly<Record<string, string>>): Promise<FrameworkProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, `--source=${source}`], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, FUNCTION_TARGET: target, PORT: String(port), METADATA_SERVER_DETECTION: 'none', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (printed += piece.toString('utf8')));
  return {
    child,
    port,
    printed: () => printed,
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal }))),
  };
}

/** A port that was free just now: the framework can't say which one it was given. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
