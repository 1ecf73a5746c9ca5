import { basename } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { counted } from '../../figures.ts';
import { DEFAULT_START } from '../../simulator/options.ts';
import { ratesReport } from '../../simulator/rates-report.ts';
import { simulateFile } from '../simulate-file.ts';
import { type AddCommand, terminalFor } from './command.ts';

interface Options {
  readonly payments: number;
  readonly days: number;
  readonly seed: number;
  readonly start: string;
  readonly out: string;
  readonly answerKey: string;
  readonly source?: string;
  readonly rate: Record<string, number>;
  readonly json?: boolean;
}

/** `payments simulate`: seeded traffic and its answer key. */
export const simulateCommand: AddCommand = (program) => {
  program
    .command('simulate')
    .description('write seeded payments traffic with clustered faults, and an answer key that says what a ledger must make of it')
    .option('--payments <number>', 'money movements, before copies', wholeNumber, 100_000)
    .option('--days <number>', 'days of traffic', wholeNumber, 14)
    .option('--seed <number>', 'the same seed gives the same bytes', wholeNumber, 1)
    .option('--start <time>', 'first day (UTC)', DEFAULT_START)
    .option('--rate <name=value>', 'set a rate (repeatable); the table that is printed names them all', rate, {})
    .option('--source <name>', 'the source name under which the file will be ingested, where that is not its own')
    .requiredOption('--out <file>', 'where the messages go, one a line')
    .requiredOption('--answer-key <file>', 'where the answer key goes')
    .option('--json', 'print the result for machines')
    .action(async (options: Options) => {
      const terminal = terminalFor(options);
      const { payments, days, seed, start, rate: rates } = options;
      const simulation = await simulateFile({ payments, days, seed, start, rates, source: options.source ?? basename(options.out) }, options.out, options.answerKey);
      if (options.json) return terminal.printJson({ out: options.out, answer_key: options.answerKey, messages: simulation.key.messages, dispositions: simulation.key.dispositions, rates: simulation.rates });
      terminal.print(ratesReport(simulation.rates));
      terminal.print(`${counted(simulation.key.lines, 'line')} (${counted(simulation.key.messages, 'message')}) in ${options.out}, the answer key in ${options.answerKey}.`);
    });
};

function wholeNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function rate(text: string, before: Record<string, number>): Record<string, number> {
  const found = /^([a-z0-9_]+)=([0-9.]+(?:e-?\d+)?)$/i.exec(text);
  if (!found) throw new InvalidArgumentError('Write it as name=value, such as duplicates=0.01.');
  return { ...before, [found[1]]: Number(found[2]) };
}
