import { basename } from 'node:path';
import { Option } from 'commander';
import { EXIT, Failure } from '../failure.ts';
import { ingestFile, type IngestSummary } from '../ingest/ingest-file.ts';
import { keepStandardInput } from '../ingest/standard-input.ts';
import type { DataDirectory } from '../data-directory.ts';
import type { Terminal } from '../terminal.ts';
import { type AddCommand, type CommonOptions, inDirectory, terminalFor, withCommonOptions, withSettings } from './command.ts';

interface Options extends CommonOptions {
  readonly clock?: 'message' | 'wall';
  readonly source?: string;
  readonly acceptAll?: boolean;
}

export const ingestCommand: AddCommand = (program) => {
  const command = program
    .command('ingest')
    .description('take files of messages through the pipeline and post them; killed at any point, the same command goes on where it was')
    .argument('<file...>', 'JSON lines (or .gz), each a Pub/Sub message as push or `gcloud pubsub subscriptions pull` gives it, or a bare payment; - for standard input')
    .addOption(new Option('--clock <clock>', 'whose clock counts: the messages\' publish times (default), or the machine\'s; fixed by the first ingest').choices(['message', 'wall']))
    .option('--source <name>', 'name of the source, where it is not the name of the file')
    .option('--accept-all', 'take a file even if all of its first messages are rejected');
  withSettings(withCommonOptions(command)).action(async (files: string[], options: Options) => {
    if (options.source && files.length > 1) throw new Failure(EXIT.usage, '--source names one source, and there are several files.', 'Ingest them one by one, or leave --source out.');
    const terminal = terminalFor(options);
    const summaries = await inDirectory(options, (directory) => ingestAll(directory, files, options, terminal));
    terminal.endProgress();
    if (options.json) terminal.printJson(summaries);
    else for (const summary of summaries) terminal.print(describe(summary));
  });
};

/** Ingests files one after the other, showing progress. */
export async function ingestAll(directory: DataDirectory, files: readonly string[], options: Pick<Options, 'clock' | 'source' | 'acceptAll'>, terminal: Terminal): Promise<IngestSummary[]> {
  const summaries: IngestSummary[] = [];
  for (const file of files) {
    const input = file === '-' ? await keepStandardInput(directory.path, options.source) : { path: file, source: options.source ?? basename(file) };
    const started = performance.now();
    const summary = await ingestFile(directory, {
      ...input,
      clock: options.clock ?? null,
      accept_all: options.acceptAll === true,
      onProgress: ({ messages }) => terminal.progress(`${input.source}: ${messages.toLocaleString('en')} messages, ${perSecond(messages, started)} a second`),
    });
    summaries.push(summary);
  }
  return summaries;
}

function perSecond(messages: number, started: number): string {
  return Math.round((messages * 1_000) / Math.max(1, performance.now() - started)).toLocaleString('en');
}

function describe({ source, messages, outcomes, posted, posting_runs }: IngestSummary): string {
  const counts = Object.entries(outcomes).map(([outcome, count]) => `${count.toLocaleString('en')} ${outcome}`);
  if (messages === 0) return `${source}: nothing new.`;
  return `${source}: ${messages.toLocaleString('en')} messages journaled (${counts.join(', ')}); ${posted.toLocaleString('en')} payments posted in ${posting_runs} runs.`;
}
