import { Argument, InvalidArgumentError, Option } from 'commander';
import { setTimeout as wait } from 'node:timers/promises';
import type { DeadLetters } from '../../adapters/google/dead-letters.ts';
import { systemClock } from '../../adapters/embedded/system-clock.ts';
import { counted } from '../../figures.ts';
import { formatMicros } from '../../payment/time.ts';
import type { ArchivedMessage, Redrive } from '../../ports.ts';
import { callingGoogle } from '../google/google-faults.ts';
import { fullName, type GoogleOptions, projectOf, withGoogleOptions } from '../google/options.ts';
import { renderTable } from '../table.ts';
import { type AddCommand, terminalFor } from './command.ts';

interface Options extends GoogleOptions {
  readonly subscription: string;
  readonly topic: string;
  readonly redriveSubscription: string;
  readonly limit: number;
}

/** `payments dlq`: dead letters on Google Cloud, for people to look at and to publish again. */
export const dlqCommand: AddCommand = (program) => {
  const command = program
    .command('dlq')
    .description('dead letters on Google Cloud: list looks at them and takes none away; redrive publishes them again, and takes each away once it is published')
    .addArgument(new Argument('<action>', 'what to do').choices(['list', 'redrive']))
    .option('--subscription <name>', 'the pull subscription in which dead letters are parked', 'payments-dead-letters-parked')
    .option('--topic <name>', 'the redrive topic', 'payments-redrive')
    .option('--redrive-subscription <name>', 'the push subscription of the redrive topic', 'payments-redrive-process')
    .addOption(new Option('--limit <number>', 'messages at most').default(100).argParser(limitOf));
  withGoogleOptions(command).action(async (action: 'list' | 'redrive', options: Options) => {
    const terminal = terminalFor(options);
    await withDeadLetters(options, async (letters, redrive) => {
      if (action === 'list') {
        const rows = (await letters.list(options.limit)).map(rowOf);
        if (options.json) terminal.printJson(rows);
        else terminal.print(rows.length === 0 ? 'No dead letter is waiting.' : renderTable(rows));
        return;
      }
      const published = await letters.redrive(redrive, options.limit);
      if (options.json) terminal.printJson({ published });
      else terminal.print(`${counted(published, 'dead letter')} published again. Each counts once, whatever it is a copy of.`);
    });
  });
};

async function withDeadLetters(options: Options, work: (letters: DeadLetters, redrive: Redrive) => Promise<void>): Promise<void> {
  const project = projectOf(options);
  const place = { subscription: fullName('subscriptions', options.subscription, project), redrive_subscription: fullName('subscriptions', options.redriveSubscription, project), now: () => systemClock.now() };
  const topic = fullName('topics', options.topic, project);
  const [{ deadLetters }, { pubsubRedrive }, { pubsubClients }] = await Promise.all([import('../../adapters/google/dead-letters.ts'), import('../../adapters/google/pubsub-redrive.ts'), import('../google/pubsub-clients.ts')]);
  await callingGoogle(async () => {
    const clients = await pubsubClients(project);
    try {
      await work(deadLetters(clients.subscriber, place), pubsubRedrive(clients.pubsub.topic(topic), { wait: (milliseconds) => wait(milliseconds) }));
    } finally {
      await clients.close();
    }
  }, !process.env.PUBSUB_EMULATOR_HOST);
}

/** Never the data: it may hold a person's. */
function rowOf({ message_id, data, published_at, dead_letter_published_at }: ArchivedMessage) {
  const time = (micros: number | null) => (micros === null ? null : formatMicros(micros));
  return { message_id, bytes: data.length, first_published_at: time(dead_letter_published_at ?? published_at), dead_letter_since: time(published_at) };
}

function limitOf(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 99999.');
  return Number(text);
}
