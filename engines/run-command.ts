import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { STOP_MILLISECONDS } from './limits.ts';

/** A command on the user's terminal. */
export interface RunningCommand {
  /** Its exit code; 128 and the signal's number where a signal ended it, as shells say it. Rejects where it can't be started. */
  readonly exit_code: Promise<number>;
  /** Asks it to end, and kills it where it doesn't. */
  stop(signal: NodeJS.Signals): void;
}

/** Runs a command with more variables in its environment. */
export function runCommand([command, ...parameters]: readonly string[], variables: Readonly<Record<string, string>>): RunningCommand {
  const child = spawn(command, parameters, { stdio: 'inherit', env: { ...process.env, ...variables } });
  const exit_code = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
  return {
    exit_code,
    stop(signal) {
      child.kill(signal);
      setTimeout(() => child.kill('SIGKILL'), STOP_MILLISECONDS).unref();
    },
  };
}
