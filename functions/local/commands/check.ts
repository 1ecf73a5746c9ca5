import { counted } from '../../figures.ts';
import { checkExitCode, renderCheck } from '../check/check-summary.ts';
import { checkFile } from '../check/check-file.ts';
import { resolveSettings } from '../settings.ts';
import { type AddCommand, terminalFor, withSettings } from './command.ts';

interface Options extends Record<string, unknown> {
  readonly source?: string;
  readonly json?: boolean;
}

/** `payments check`: what ingesting would make of a file. Exits 0, 1 or 3, as `checkExitCode` says. */
export const checkCommand: AddCommand = (program, finish) => {
  const command = program
    .command('check')
    .description('read a file as ingest would and say what it would make of it; writes nothing')
    .argument('<file>', 'JSON lines (or .gz)')
    .option('--source <name>', 'name of the source, where it is not the name of the file')
    .option('--json', 'print the result for machines');
  withSettings(command).action(async (file: string, options: Options) => {
    const terminal = terminalFor(options);
    const { settings } = resolveSettings(options, new Map());
    const summary = await checkFile({ input: file, source: options.source, rules: settings, progress: ({ lines }) => terminal.progress(counted(lines, 'line')) });
    terminal.endProgress();
    if (options.json) terminal.printJson(summary);
    else terminal.print(renderCheck(summary));
    finish(checkExitCode(summary));
  });
};
