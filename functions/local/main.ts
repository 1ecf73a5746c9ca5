import { Command, CommanderError } from 'commander';
import { checkCommand } from './commands/check.ts';
import { configCommand } from './commands/config.ts';
import { convertCommand } from './commands/convert.ts';
import { decideCommand } from './commands/decide.ts';
import { dlqCommand } from './commands/dlq.ts';
import { ingestCommand } from './commands/ingest.ts';
import { jobsCommand } from './commands/jobs.ts';
import { postCommand, sweepCommand } from './commands/post.ts';
import { pruneClaimsCommand } from './commands/prune-claims.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { reportCommand } from './commands/report.ts';
import { seekCommand } from './commands/seek.ts';
import { simulateCommand } from './commands/simulate.ts';
import { sqlCommand } from './commands/sql.ts';
import { startCommand } from './commands/start.ts';
import { traceCommand } from './commands/trace.ts';
import { verifyCommand } from './commands/verify.ts';
import type { AddCommand } from './commands/command.ts';
import { EXIT, type ExitCode, Failure } from '../failure.ts';
import { realTerminal, showFailure } from './terminal.ts';

/** Every command, in the order in which `--help` shows them: from a file to the books to the proof. */
export const COMMANDS: readonly AddCommand[] = [
  startCommand,
  simulateCommand,
  convertCommand,
  checkCommand,
  ingestCommand,
  postCommand,
  sweepCommand,
  reconcileCommand,
  reportCommand,
  verifyCommand,
  traceCommand,
  decideCommand,
  sqlCommand,
  configCommand,
  pruneClaimsCommand,
  jobsCommand,
  dlqCommand,
  seekCommand,
];

/** Runs one command line; returns its exit code (0 done or reconciled, 1 breaks, 2 usage, 3 unusable input or store). */
export async function main(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = new Command('payments')
    .description('Records every payment exactly once and proves it: files in, a ledger and a report out.')
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', '\nExit codes: 0 done, reconciled, or pending within its age; 1 breaks, incomplete or overdue; 2 usage; 3 unusable input or store.');
  for (const add of COMMANDS) add(program, (code) => void (exitCode = code));
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    const terminal = realTerminal(args.includes('--json'));
    if (!(error instanceof CommanderError)) return showFailure(terminal, error);
    if (error.exitCode === 0) return EXIT.ok;
    // For people, commander has said it already.
    if (terminal.json) showFailure(terminal, new Failure(EXIT.usage, error.message.replace(/^error: /, ''), 'See `payments --help`, or `payments COMMAND --help`.'));
    return EXIT.usage;
  }
}
