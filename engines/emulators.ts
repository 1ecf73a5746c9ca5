/** `npm run emulators`: Google's services on this machine, and a command that uses them. */
import { constants } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { bigquery } from './bigquery.ts';
import { type Engine, ENGINE_NAMES, MissingEngine } from './engine.ts';
import { firestore } from './firestore.ts';
import { pubsub } from './pubsub.ts';
import { runCommand } from './run-command.ts';
import { type Running, startEngines } from './supervisor.ts';
import { watchParent } from './watch-parent.ts';

const ENGINES: readonly Engine[] = [pubsub, firestore, bigquery];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Options {
  readonly only: readonly Engine[];
  readonly json: boolean;
  readonly orSkip: boolean;
}

const print = (text: string) => void process.stdout.write(`${text}\n`);
const say = (text: string) => void process.stderr.write(`${text}\n`);

/** `pubsub,bigquery` → engines. */
function parseOnly(text: string): Engine[] {
  return text.split(',').map((name) => {
    const engine = ENGINES.find((one) => one.name === name);
    if (!engine) throw new InvalidArgumentError(`There is no engine ${name}: ${ENGINE_NAMES.join(', ')}.`);
    return engine;
  });
}

/** Resolves with an exit code when someone wants this to end. */
function untilStopped(): Promise<{ readonly signal: NodeJS.Signals; readonly exit_code: number }> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve({ signal, exit_code: 128 + constants.signals[signal] }));
    watchParent(() => resolve({ signal: 'SIGTERM', exit_code: 128 + constants.signals.SIGTERM }));
  });
}

/** Where an engine is missing: a failure in CI, and where nobody asked to skip. */
function missing({ engine, message, fix }: MissingEngine, { orSkip }: Options): number {
  const skips = orSkip && !process.env.CI;
  const line = '='.repeat(72);
  say(`${line}\nMISSING ENGINE: ${engine}\n  ${message}\n  ${fix}\n${line}`);
  if (skips) print(`SKIPPED: everything that needs emulators, because ${engine} is missing.`);
  return skips ? 0 : 1;
}

async function run(command: readonly string[], options: Options): Promise<number> {
  const stopped = untilStopped();
  const abort = new AbortController();
  const early = stopped.then((end) => (abort.abort(), end.exit_code));
  const running = await startEngines(options.only, say, abort.signal).catch((error: unknown) => (abort.signal.aborted ? null : Promise.reject(error)));
  if (running === null) return early;
  try {
    return await (command.length > 0 ? runWith(running, command, stopped) : stay(running, options, stopped));
  } finally {
    await running.stop();
  }
}

/** Runs the command to its end, or until it is no use to go on. */
async function runWith(running: Running, command: readonly string[], stopped: ReturnType<typeof untilStopped>): Promise<number> {
  const child = runCommand(command, running.variables);
  void stopped.then(({ signal }) => {
    const by_terminal = signal === 'SIGINT' && process.stdin.isTTY; // the terminal has told the command as well
    if (!by_terminal) child.stop(signal);
  });
  const died = running.died.then((words) => {
    say(words);
    child.stop('SIGTERM');
    return child.exit_code.then(() => 1);
  });
  return Promise.race([child.exit_code, died]);
}

/** Shows the variables and stays until someone wants the end. */
async function stay(running: Running, { json }: Options, stopped: ReturnType<typeof untilStopped>): Promise<number> {
  print(json ? JSON.stringify(running.variables) : Object.entries(running.variables).map(([name, value]) => `export ${name}=${value}`).join('\n'));
  say('Running until Ctrl-C.');
  const died = running.died.then((words) => {
    say(words);
    return { exit_code: 1, signal: null };
  });
  const { exit_code, signal } = await Promise.race([stopped, died]);
  return signal === 'SIGINT' ? 0 : exit_code;
}

const program = new Command('emulators')
  .description('Google\'s emulators of Pub/Sub and Firestore, and bqemulator in place of BigQuery, on free ports of this machine, in memory only.\nShows the variables that clients need, and stays until Ctrl-C; or runs a command with them, and stops after it with its exit code.')
  .argument('[command...]', 'after --: what to run')
  .option('--only <engines>', `some of ${ENGINE_NAMES.join(',')}`, parseOnly, ENGINES)
  .option('--json', 'show the variables as JSON', false)
  .option('--or-skip', 'where an engine is missing: say so, and end with 0 unless CI is set', false)
  .action(async (command: string[], options: Options) => {
    const exit_code = await run(command, options).catch((error: unknown) => {
      if (error instanceof MissingEngine) return missing(error, options);
      say(error instanceof Error ? error.message : String(error));
      return 1;
    });
    process.exit(exit_code);
  });

await program.parseAsync();
