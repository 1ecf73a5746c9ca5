import { Command, InvalidArgumentError, Option } from 'commander';
import { monthlyCost, type MonthlyCost } from './monthly.ts';
import { DEFAULT_TRAFFIC, type Traffic } from './traffic.ts';

/** `300M`, `1.5k`, `2B`, `250000` → a number above zero. */
export function parseCount(text: string): number {
  const found = /^(\d+(?:\.\d+)?)([kMB]?)$/.exec(text);
  const value = found ? Number(found[1]) * { '': 1, k: 1e3, M: 1e6, B: 1e9 }[found[2] as '' | 'k' | 'M' | 'B'] : 0;
  if (!(value > 0)) throw new InvalidArgumentError('Write it as 300M, 1.5k or 250000.');
  return value;
}

const OPTIONS: readonly [keyof Traffic, string, string][] = [
  ['messages_per_month', '--per-month <count>', 'messages published a month'],
  ['months', '--months <count>', 'months that the pipeline has run already: the ledger has grown by as much'],
  ['message_bytes', '--message-bytes <bytes>', 'bytes of a message'],
  ['concurrency', '--concurrency <requests>', 'requests that an instance works on at a time, on average'],
  ['cpu_seconds', '--cpu-seconds <seconds>', 'CPU of processPayment a message (npm run bench:load)'],
  ['reconcile_days', '--reconcile-days <days>', 'days of messages that a reconciliation compares'],
  ['retention_days', '--retention-days <days>', 'days of retention on the topic'],
];

const usd = (value: number) => `$${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
const size = (bytes: number) => (bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(0)} MB`);

function print(traffic: Traffic, cost: MonthlyCost, statements: boolean): void {
  const millions = traffic.messages_per_month / 1e6;
  console.log(`${millions.toLocaleString('en-US')} million messages a month, after ${traffic.months} months, at list prices (us-central1, no free tier)\n`);
  console.log(`${'service'.padEnd(12)}${'what'.padEnd(58)}${'a month'.padStart(12)}${'a million'.padStart(11)}`);
  for (const { service, what, usd: value } of cost.lines) console.log(`${service.padEnd(12)}${what.padEnd(58)}${usd(value).padStart(12)}${usd(value / millions).padStart(11)}`);
  console.log(`${'all'.padEnd(70)}${usd(cost.usd).padStart(12)}${usd(cost.usd_per_million).padStart(11)}`);
  console.log(`${'Dataflow in its place: workers and Streaming Engine, no claims, no ledger, no proof'.padEnd(70)}${usd(cost.dataflow_usd).padStart(12)}${usd(cost.dataflow_usd / millions).padStart(11)}\n`);
  const other = traffic.firestore === 'standard' ? 'enterprise' : 'standard';
  console.log(`With Firestore's ${other} edition: ${usd(monthlyCost({ ...traffic, firestore: other }).usd_per_million)} a million.\n`);
  console.log('Scheduled SQL, by run:');
  for (const run of cost.scheduled.runs) {
    console.log(`  ${run.name.padEnd(10)} ${String(Number(run.per_day.toFixed(1))).padStart(5)} a day, ${size(run.bytes).padStart(9)} each, ${usd(run.usd_per_day)} a day`);
    if (statements) for (const one of run.statements) for (const read of one.tables.filter(({ bytes }) => bytes > 2e7)) console.log(`      ${one.file.padEnd(46)} ${read.table.padEnd(30)} ${read.reach.padEnd(9)} ${size(read.bytes).padStart(9)}  ${read.columns.join(' ')}`);
  }
}

/** The command line of `npm run cost`. */
export function costCommand(): Command {
  const command = new Command('cost').description('what a month on Google Cloud costs at list prices, by service, from what the code writes and reads for a payment');
  for (const [name, flag, says] of OPTIONS) command.addOption(new Option(flag, says).argParser(parseCount).default(DEFAULT_TRAFFIC[name]));
  command.addOption(new Option('--firestore <edition>', 'edition of the database of claims').choices(['standard', 'enterprise']).default(DEFAULT_TRAFFIC.firestore));
  command.option('--statements', 'show what each scheduled statement reads of each table').option('--json', 'as JSON');
  return command.action((options: Record<string, unknown>) => {
    const camel = (flag: string) => flag.slice(2).split(' ')[0].replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
    const traffic = { ...DEFAULT_TRAFFIC, ...Object.fromEntries(OPTIONS.map(([name, flag]) => [name, options[camel(flag)]])), firestore: options.firestore } as Traffic;
    const cost = monthlyCost(traffic);
    if (options.json) console.log(JSON.stringify({ traffic, ...cost }, null, 2));
    else print(traffic, cost, options.statements === true);
  });
}

if (import.meta.main) await costCommand().parseAsync();
