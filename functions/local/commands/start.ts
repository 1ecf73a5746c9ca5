import { join } from 'node:path';
import { renderShort } from '../../reconciliation/report/short.ts';
import { EXIT, type ExitCode } from '../../failure.ts';
import { reconciliationExitCode } from '../reconciliation-exit.ts';
import { resolveSettings } from '../settings.ts';
import { closingLines } from '../start/closing-lines.ts';
import { DEMONSTRATION, makeDemonstration } from '../start/demonstration.ts';
import { doWholeJob, type WholeJob } from '../start/whole-job.ts';
import type { Terminal } from '../terminal.ts';
import { type AddCommand, type CommonOptions, terminalFor, withCommonOptions, withSettings } from './command.ts';

interface Options extends CommonOptions {
  readonly payments: string;
  readonly seed: string;
}

/** `payments start`: the whole job, on files or on a demonstration. */
export const startCommand: AddCommand = (program, finish) => {
  const command = program
    .command('start')
    .description('the whole job: your files (or, without any, days of simulated payments in a fresh folder) → ledger → reconciliation → report')
    .argument('[file...]', 'JSON lines of messages or payments (or .gz)')
    .option('--payments <number>', 'simulated payments, where no file is given', String(DEMONSTRATION.payments))
    .option('--seed <number>', 'seed of the simulated payments', String(DEMONSTRATION.seed));
  withSettings(withCommonOptions(command)).action(async (files: string[], options: Options) => {
    const terminal = terminalFor(options);
    finish(files.length > 0 ? await runFiles(files, options, terminal) : await runDemonstration(options, terminal));
  });
};

async function runFiles(files: readonly string[], options: Options, terminal: Terminal): Promise<ExitCode> {
  const job = await doWholeJob(files, null, options, terminal);
  show(job, options.dataDir, terminal);
  return reconciliationExitCode(job.result);
}

/** Exits 0 where the books are what the answer key says, whatever the verdict on the faults that were planted. */
async function runDemonstration(options: Options, terminal: Terminal): Promise<ExitCode> {
  resolveSettings(options, new Map()); // faults show before anything is made for them
  const { directory, file, answer_key } = await makeDemonstration(options.dataDir, { payments: Number(options.payments), seed: Number(options.seed) }, terminal);
  const job = await doWholeJob([file], answer_key, { ...options, dataDir: directory }, terminal);
  show(job, directory, terminal);
  return job.verified?.every(({ ok }) => ok) ? EXIT.ok : EXIT.breaks;
}

function show(job: WholeJob, dataDir: string, terminal: Terminal): void {
  if (terminal.json) return terminal.printJson(forMachines(job, dataDir));
  terminal.print(renderShort(job.report, { color: process.stdout.isTTY }));
  terminal.print(closingLines(job, dataDir).join('\n'));
}

function forMachines({ sources, messages, seconds, result, verified, page }: WholeJob, dataDir: string) {
  const { verdict, reason, errors, warnings } = result;
  const checks = verified === null ? null : { all: verified.length, failed: verified.filter(({ ok }) => !ok) };
  return { data_directory: dataDir, report: page, ledger: join(dataDir, 'ledger.duckdb'), messages, seconds, sources, verdict, reason, errors, warnings, dispositions: result.messages, checks };
}
