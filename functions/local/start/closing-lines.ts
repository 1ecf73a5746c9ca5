import { join } from 'node:path';
import { aSecond, counted, grouped, seconds } from '../../figures.ts';
import { DEFAULT_DATA_DIRECTORY } from '../commands/command.ts';
import type { Verified } from '../verify.ts';
import type { WholeJob } from './whole-job.ts';

/** Facts or checks that don't hold, shown one by one. */
const MAX_FAILED = 10;
const NAME_WIDTH = 15;
/** An id that can stand in a command as it is. */
const PLAIN_ID = /^\w[\w-]{0,40}$/;

/** What stands under the short report: time and rate, where everything is, and what to try next. */
export function closingLines(job: WholeJob, dataDir: string): string[] {
  return [
    timeAndRate(job),
    ...(job.verified === null ? [] : againstTheKey(job.verified)),
    `The whole report, as a page:  ${job.page}`,
    `The ledger (DuckDB):          ${join(dataDir, 'ledger.duckdb')}`,
    '',
    'Try next',
    ...nextSteps(job, dataDir),
  ];
}

function timeAndRate({ messages, seconds: taken, report }: WholeJob): string {
  if (messages === 0) return `Nothing new to read; reconciled again in ${seconds(taken)}.`;
  const repeats = messages - (report.proof?.messages_published ?? messages);
  const those = repeats > 0 ? ` (${grouped(repeats)} ${repeats === 1 ? 'was a repeat' : 'were repeats'})` : '';
  return `Read, posted and reconciled in ${seconds(taken)}: ${counted(messages, 'delivery', 'deliveries')}${those}, ${aSecond(messages, taken)}.`;
}

function againstTheKey(verified: readonly Verified[]): string[] {
  const failed = verified.filter(({ ok }) => !ok);
  if (failed.length === 0) return [`Compared with what the simulator knows to be right: all ${verified.length} checks hold.`];
  return [
    `AGAINST WHAT THE SIMULATOR KNOWS: ${failed.length} of ${verified.length} checks don't hold:`,
    ...failed.slice(0, MAX_FAILED).map(({ name, expected, found }) => `  ${name}: expected ${expected}, found ${found}`),
    ...(failed.length > MAX_FAILED ? [`  And ${grouped(failed.length - MAX_FAILED)} more: run \`payments verify\`.`] : []),
  ];
}

function nextSteps({ report }: WholeJob, dataDir: string): string[] {
  const at = dataDir === DEFAULT_DATA_DIRECTORY ? '' : ` --data-dir ${dataDir}`;
  const [example] = report.conflicts.items.flatMap(({ transaction_id: id }) => (id !== null && PLAIN_ID.test(id) ? [id] : [])).sort((left, right) => left.length - right.length);
  const steps = [
    ['whole report', `npm run payments -- report${at}`],
    ...(example === undefined ? [] : [['one payment', `npm run payments -- trace ${example}${at}`]]),
    ['your files', 'npm start -- FILE…'],
    ['all commands', 'npm run payments -- --help'],
  ];
  return steps.map(([what, command]) => `  ${`${what}:`.padEnd(NAME_WIDTH)}${command}`);
}
