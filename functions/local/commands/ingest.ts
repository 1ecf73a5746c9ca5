import { Option } from 'commander';
import { counted, grouped } from '../../figures.ts';
import { EXIT, Failure } from '../../failure.ts';
import { ingestAll, type IngestAllOptions, lookBeforeMaking } from '../ingest/ingest-all.ts';
import type { IngestSummary } from '../ingest/ingest-file.ts';
import { resolveSettings } from '../settings.ts';
import { type AddCommand, type CommonOptions, inDirectory, terminalFor, withCommonOptions, withSettings } from './command.ts';

interface Options extends CommonOptions, IngestAllOptions {
  readonly source?: string;
}

/** `payments ingest`: files go through the pipeline and are posted. */
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
    await lookBeforeMaking(options.dataDir, files, options, () => resolveSettings(options, new Map()).settings);
    const summaries = await inDirectory(options, (directory) => ingestAll(directory, files, options, terminal, (summary) => terminal.json || terminal.print(describe(summary))));
    if (options.json) terminal.printJson(summaries);
  });
};

function describe({ source, messages, outcomes, posted, posting_runs }: IngestSummary): string {
  const counts = Object.entries(outcomes).map(([outcome, count]) => `${grouped(count)} ${outcome}`);
  const postings = `${counted(posted, 'payment')} posted in ${counted(posting_runs, 'run')}`;
  if (messages === 0) return posting_runs === 0 ? `${source}: nothing new.` : `${source}: no new message; ${postings}, due since before.`;
  return `${source}: ${counted(messages, 'message')} journaled (${counts.join(', ')}); ${postings}.`;
}

export { ingestAll };
