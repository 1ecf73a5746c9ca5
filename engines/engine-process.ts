import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { LOG_LINES_SHOWN, STOP_MILLISECONDS } from './limits.ts';

/**
 * Runs a command as the head of a process group of its own, and kills the whole group when the pipe at descriptor 3 closes: that is when
 * this process ends, in whatever way, `kill -9` included. TERM is passed on, and the engine is waited for.
 */
const KEEPER = `
"$@" 3<&- &
engine=$!
(trap '' TERM INT; cat <&3 >/dev/null; kill -KILL -$$) &
trap 'kill -TERM $engine 2>/dev/null' TERM
trap '' INT
wait $engine; code=$?
while kill -0 $engine 2>/dev/null; do wait $engine; code=$?; done
exit $code`;

/** How a process ended. */
export interface Ending {
  /** Null where a signal ended it, or where it did not start. */
  readonly code: number | null;
  readonly words: string;
}

/** A process group with an engine in it. */
export interface EngineProcess {
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<Ending>;
  /** The last lines of its log. */
  logEnd(): string;
  /** Stops it and everything that it started. Resolves when it has ended. */
  stop(): Promise<void>;
}

/** Starts an engine with its output in a file. */
export function startProcess(command: readonly string[], environment: NodeJS.ProcessEnv, directory: string, log: string): EngineProcess {
  const output = openSync(log, 'w');
  const child = spawn('/bin/sh', ['-c', KEEPER, 'sh', ...command], { cwd: directory, env: environment, detached: true, stdio: ['ignore', output, output, 'pipe'] });
  closeSync(output);
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', ({ message }) => resolve({ code: null, words: message }));
    child.once('exit', (code, signal) => resolve({ code, words: signal ? `was ended by ${signal}` : `ended with ${code}` }));
  });
  const signalGroup = (signal: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  void ended.then(() => signalGroup('SIGKILL'));
  return {
    ended,
    logEnd: () => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_SHOWN).join('\n'),
    async stop() {
      signalGroup('SIGTERM');
      const timer = setTimeout(() => signalGroup('SIGKILL'), STOP_MILLISECONDS);
      await ended;
      clearTimeout(timer);
    },
  };
}
