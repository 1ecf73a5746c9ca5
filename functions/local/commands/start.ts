import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { renderReport } from '../../reconciliation/report/render.ts';
import { simulateFile } from '../simulate-file.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, type ExitCode } from '../failure.ts';
import { reconciliationExitCode } from '../reconciliation-exit.ts';
import { verifyDirectory } from '../verify.ts';
import { type AddCommand, type CommonOptions, DEFAULT_DATA_DIRECTORY, inDirectory, terminalFor, withCommonOptions, withSettings } from './command.ts';
import { ingestAll } from './ingest.ts';
import { reconcileDirectory } from './reconcile.ts';
import { readReport, writeReport } from './report.ts';

/** What the demonstration makes: days that hold a 29 February and a month's end, few enough for a minute. */
const DEMONSTRATION = { payments: 100_000, days: 5, seed: 20_240_226 };

interface Options extends CommonOptions {
  readonly payments: string;
  readonly seed: string;
}

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
  const { result } = await runWhole(files, options, terminal);
  return reconciliationExitCode(result);
}

async function runDemonstration(options: Options, terminal: Terminal): Promise<ExitCode> {
  const directory = freshDirectory(options.dataDir);
  const file = join(directory, 'simulated.jsonl');
  const answerKey = join(directory, 'answer-key.json');
  terminal.note(`Making ${DEMONSTRATION.days} days of payments with faults in them (seed ${options.seed}) …`);
  await simulateFile({ payments: Number(options.payments), days: DEMONSTRATION.days, seed: Number(options.seed), source: basename(file) }, file, answerKey);
  const { dataDir } = await runWhole([file], { ...options, dataDir: directory }, terminal);
  const results = await inDirectory({ ...options, dataDir }, (opened) => verifyDirectory(opened, answerKey));
  const failed = results.filter((one) => !one.ok);
  if (!options.json) {
    terminal.print(failed.length === 0 ? `\nChecked against the answer key: all ${results.length} facts and checks hold.` : `\nAGAINST THE ANSWER KEY: ${failed.length} of ${results.length} facts or checks don't hold:`);
    for (const one of failed.slice(0, 20)) terminal.print(`  ${one.name}: expected ${one.expected}, found ${one.found}`);
    whatNext(dataDir, file, terminal);
  }
  return failed.length === 0 ? EXIT.ok : EXIT.breaks;
}

async function runWhole(files: readonly string[], options: Options, terminal: Terminal) {
  const started = performance.now();
  const { summaries, result } = await inDirectory(options, async (directory) => {
    const summaries = await ingestAll(directory, files, {}, terminal);
    terminal.progress('Reconciling …');
    return { summaries, result: await reconcileDirectory(directory, null) };
  });
  terminal.endProgress();
  const seconds = (performance.now() - started) / 1_000;
  const messages = summaries.reduce((sum, one) => sum + one.messages, 0);
  const report = await readReport(options.dataDir, null);
  const html = join(options.dataDir, 'report.html');
  await writeReport(html, renderReport(report, 'html'));
  if (options.json) {
    terminal.printJson({ data_directory: options.dataDir, report: html, messages, seconds, sources: summaries, verdict: result.verdict, reason: result.reason });
  } else {
    terminal.print(renderReport(report, 'text', { color: process.stdout.isTTY }).trimEnd());
    terminal.print(`\n${messages.toLocaleString('en')} messages through the pipeline, posted and reconciled in ${seconds.toFixed(1)} s (${Math.round(messages / seconds).toLocaleString('en')} a second).`);
    terminal.print(`The report as a page: ${html}\nThe ledger:           ${join(options.dataDir, 'ledger.duckdb')} (DuckDB)`);
  }
  return { result, dataDir: options.dataDir };
}

/** `demonstration-1`, `-2`, … in the data directory: each run starts from nothing, and none is overwritten. */
function freshDirectory(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true });
  const numbers = readdirSync(dataDir).flatMap((name) => /^demonstration-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  const directory = join(dataDir, `demonstration-${Math.max(0, ...numbers) + 1}`);
  mkdirSync(directory);
  return directory;
}

function whatNext(dataDir: string, file: string, terminal: Terminal): void {
  const at = dataDir === DEFAULT_DATA_DIRECTORY ? '' : ` --data-dir ${dataDir}`;
  terminal.print(`
Try next
  npm run payments -- sql "SELECT disposition, COUNT(*) FROM message_dispositions GROUP BY 1"${at}
  npm run payments -- report --format csv${at}
  npm run payments -- ingest ${file}${at}        (again: nothing is counted twice)
  npm start -- FILE…                              (your own files)
  npm run payments -- --help`);
}
