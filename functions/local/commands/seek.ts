import { Option } from 'commander';
import { EXIT, Failure } from '../../failure.ts';
import { formatMicros, parseRfc3339 } from '../../payment/time.ts';
import { callingGoogle } from '../google/google-faults.ts';
import { fullName, type GoogleOptions, projectOf, withGoogleOptions } from '../google/options.ts';
import { type AddCommand, terminalFor } from './command.ts';

interface Options extends GoogleOptions {
  readonly subscription: string;
  readonly to?: string;
  readonly snapshot?: string;
  readonly yes?: boolean;
}

const MICROS_PER_MILLISECOND = 1_000;

/** `payments seek`: delivers again what was acknowledged. */
export const seekCommand: AddCommand = (program) => {
  const command = program
    .command('seek')
    .description('have a subscription on Google Cloud deliver again what was published since a time, or since a snapshot; nothing counts twice')
    .requiredOption('--subscription <name>', 'the subscription, e.g. payments-process')
    .addOption(new Option('--to <time>', 'deliver again what was published from this instant on (RFC 3339)').conflicts('snapshot'))
    .addOption(new Option('--snapshot <name>', 'deliver again what was not acknowledged when this snapshot was made').conflicts('to'))
    .option('--yes', 'do it; without, it is only explained');
  withGoogleOptions(command).action(async (options: Options) => {
    const terminal = terminalFor(options);
    const target = targetOf(options);
    const subscription = fullName('subscriptions', options.subscription, projectOf(options));
    const explained = `${subscription} delivers again what ${target.what}, as far as the subscription or its topic still keeps it; what lies before counts as acknowledged.`;
    if (!options.yes) throw new Failure(EXIT.usage, `${explained} Nothing counts twice: each message finds its own claim and line, and posting takes a payment once.`, 'To do it, add --yes. Deliveries cost as new ones do, and late payments stay late.');
    await seek(subscription, target, projectOf(options));
    if (options.json) terminal.printJson({ subscription, ...target.result });
    else terminal.print(`${explained} Nothing counts twice.`);
  });
};

interface Target {
  readonly what: string;
  readonly result: { readonly time: string } | { readonly snapshot: string };
  /** What the client's `seek` takes. */
  readonly at: Date | string;
}

function targetOf(options: Options): Target {
  if (options.snapshot !== undefined) {
    const snapshot = fullName('snapshots', options.snapshot, projectOf(options));
    return { what: `was not acknowledged when ${snapshot} was made`, result: { snapshot }, at: snapshot };
  }
  const micros = options.to === undefined ? undefined : parseRfc3339(options.to)?.micros;
  if (micros === undefined) throw new Failure(EXIT.usage, options.to === undefined ? 'Neither --to nor --snapshot was given.' : `--to ${options.to} is no time.`, 'For example --to 2026-01-31T12:00:00Z.');
  return { what: `was published from ${formatMicros(micros)} on`, result: { time: formatMicros(micros) }, at: new Date(Math.floor(micros / MICROS_PER_MILLISECOND)) };
}

async function seek(subscription: string, { at }: Target, project: string): Promise<void> {
  const { pubsubClients } = await import('../google/pubsub-clients.ts');
  await callingGoogle(async () => {
    const clients = await pubsubClients(project);
    try {
      await clients.pubsub.subscription(subscription).seek(at);
    } finally {
      await clients.close();
    }
  }, !process.env.PUBSUB_EMULATOR_HOST);
}
