import { writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import { duckdbBooks } from '../../adapters/embedded/duckdb-books.ts';
import { openStore } from '../../adapters/embedded/store.ts';
import { readFact } from '../../adapters/embedded/checkpoints.ts';
import { REPORT_FORMATS, type ReportFormat, renderReport } from '../../reconciliation/report/render.ts';
import { buildReport, type Report } from '../../reconciliation/report/report.ts';
import { EXIT, Failure } from '../../failure.ts';
import { type AddCommand, type CommonOptions, terminalFor, withCommonOptions } from './command.ts';

interface Options extends CommonOptions {
  readonly date?: string;
  readonly format?: ReportFormat;
  readonly out?: string;
}

/** `payments report`: the report of the last reconciliation, in any format. Only reads. */
export const reportCommand: AddCommand = (program) => {
  const command = program
    .command('report')
    .description('the report of the last reconciliation: does the money tie out, which payments don\'t, and what to do')
    .option('--date <date>', 'one booking date, YYYY-MM-DD (default: everything)')
    .addOption(new Option('--format <format>', 'how it is written').choices([...REPORT_FORMATS]))
    .option('--out <file>', 'write it to a file instead of printing it');
  withCommonOptions(command).action(async (options: Options) => {
    const terminal = terminalFor(options);
    const report = await readReport(options.dataDir, options.date ?? null);
    const format = options.format ?? (options.json ? 'json' : 'text');
    const text = renderReport(report, format);
    if (!options.out) return terminal.print(text.trimEnd());
    await writeReport(options.out, text);
    terminal.note(`The report is in ${options.out}.`);
  });
};

/** Builds the report of a data directory, reading only. Throws `Failure` (exit 2) for a date that is none. */
export async function readReport(directory: string, date: string | null): Promise<Report> {
  const store = await openStore(directory, { readOnly: true });
  try {
    const clock = Number((await readFact(store.connection, 'clock')) ?? 0);
    const stamp = Number((await readFact(store.connection, 'last_stamp')) ?? 0);
    return await buildReport(duckdbBooks(store.connection), { date, now: Math.max(clock, stamp) + 1 });
  } catch (error) {
    if (error instanceof RangeError) throw new Failure(EXIT.usage, `--date: ${error.message}`, 'For example --date 2026-01-31.');
    throw error;
  } finally {
    store.close();
  }
}

/** Writes a report to a file. Throws `Failure` (exit 3) where it can't be written. */
export async function writeReport(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: Error) => {
    throw new Failure(EXIT.unusable, `${file} can't be written: ${error.message}`, 'Name another place with --out.');
  });
}
