/** `npm run smoke -- --project P`: is a stack that was freshly deployed right? */
import { randomBytes } from 'node:crypto';
import { CommanderError } from 'commander';
import { EXIT, type ExitCode, Failure } from '../functions/failure.ts';
import { callingGoogle } from '../functions/local/google/google-faults.ts';
import { projectOf } from '../functions/local/google/options.ts';
import { realTerminal, showFailure, type Terminal } from '../functions/local/terminal.ts';
import { isOnEmulators } from './google/emulators.ts';
import { findStack } from './google/find-stack.ts';
import { google } from './google/read.ts';
import { openStack } from './google/stack.ts';
import { smokeCommand, type SmokeOptions } from './options.ts';
import { isAllRight } from './result.ts';
import { showResult } from './show.ts';
import { smoke } from './smoke.ts';

const MICROS_PER_MILLISECOND = 1_000;
const RUN_BYTES = 5;

/** Runs one command line; returns its exit code. */
export async function main(args: readonly string[], environment: Readonly<Record<string, string | undefined>> = process.env): Promise<ExitCode> {
  const terminal = realTerminal(args.includes('--json'));
  let exitCode: ExitCode = EXIT.ok;
  try {
    await smokeCommand(async (options) => void (exitCode = await runSmoke(options, environment, terminal))).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return showFailure(terminal, error);
    if (error.exitCode === 0) return EXIT.ok;
    // For people, commander has said it already.
    if (terminal.json) showFailure(terminal, new Failure(EXIT.usage, error.message.replace(/^error: /, ''), 'See `npm run smoke -- --help`.'));
    return EXIT.usage;
  }
}

async function runSmoke(options: SmokeOptions, environment: Readonly<Record<string, string | undefined>>, terminal: Terminal): Promise<ExitCode> {
  const project = projectOf(options);
  const on_emulators = isOnEmulators(environment);
  const run = randomBytes(RUN_BYTES).toString('hex');
  terminal.note(`Run ${run}, seed ${options.seed}, on ${on_emulators ? 'emulators, as ' : ''}${project}.`);
  const result = await callingGoogle(async () => {
    const place = await findStack(google(environment), { project, region: options.region ?? null, location: options.location ?? null, claims_database: options.claimsDatabase });
    const stack = await openStack(place, run, on_emulators, environment);
    try {
      return await smoke(stack, { run, payments: options.payments, seed: options.seed, most: options.timeout / MICROS_PER_MILLISECOND, into_live_books: options.intoLiveBooks === true }, terminal);
    } finally {
      await stack.close();
    }
  }, !on_emulators);
  showResult(terminal, result);
  return isAllRight(result) ? EXIT.ok : EXIT.breaks;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
