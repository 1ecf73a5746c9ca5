import { counted } from '../../figures.ts';
import { convertExitCode, renderConvert } from '../convert/convert-summary.ts';
import { convertFile } from '../convert/convert-file.ts';
import { listMaps, loadMap, renderMaps } from '../convert/load-map.ts';
import { EXIT, Failure } from '../../failure.ts';
import { type AddCommand, terminalFor } from './command.ts';

interface Options {
  readonly map?: string;
  readonly out?: string;
  readonly listMaps?: boolean;
  readonly json?: boolean;
}

/** `payments convert`: an export becomes payments, by a map. Exits 0, 1 or 3, as `convertExitCode` says. */
export const convertCommand: AddCommand = (program, finish) => {
  program
    .command('convert')
    .description('turn an export (CSV or JSON lines, or .gz) into payments; a map says which column is which field')
    .argument('[file]', 'the export')
    .option('--map <map>', 'a map file, or the name of a ready one')
    .option('--out <file>', 'where the payments go, one a line; rows that can\'t be converted go beside it')
    .option('--list-maps', 'name the ready maps')
    .option('--json', 'print the result for machines')
    .action(async (file: string | undefined, options: Options) => {
      const terminal = terminalFor(options);
      if (options.listMaps) {
        const maps = await listMaps();
        if (options.json) terminal.printJson(maps);
        else terminal.print(renderMaps(maps));
        return;
      }
      if (!file || !options.map || !options.out) throw new Failure(EXIT.usage, 'A conversion needs FILE, --map and --out.', 'For example: payments convert export.csv --map bank-csv --out payments.jsonl (--list-maps names the ready maps).');
      const map = await loadMap(options.map);
      const summary = await convertFile({ input: file, map, out: options.out, progress: ({ rows }) => terminal.progress(counted(rows, 'row')) });
      terminal.endProgress();
      if (options.json) terminal.printJson(summary);
      else terminal.print(renderConvert(summary));
      finish(convertExitCode(summary));
    });
};
