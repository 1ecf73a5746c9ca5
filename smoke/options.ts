import { randomInt } from 'node:crypto';
import { Command, InvalidArgumentError, Option } from 'commander';
import { duration, type Form, whole } from '../functions/deployed/forms.ts';
import { grouped } from '../functions/figures.ts';
import { withGoogleOptions } from '../functions/local/google/options.ts';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../functions/payment/time.ts';
import { formatDuration } from '../functions/settings.ts';
import { STACK_SETTINGS } from '../infra/settings.ts';
import { LEAST_PAYMENTS, LIVE_FROM_ROWS, MOST_PAYMENTS, WAIT_MILLISECONDS } from './limits.ts';

/** As commander reads them. */
export interface SmokeOptions {
  readonly project?: string;
  readonly region?: string;
  readonly location?: string;
  readonly claimsDatabase: string;
  readonly payments: number;
  /** Microseconds. */
  readonly timeout: number;
  readonly seed: number;
  readonly intoLiveBooks?: boolean;
  readonly json?: boolean;
}

const MICROS_PER_MILLISECOND = 1_000;
/** Microseconds. */
const WAIT = WAIT_MILLISECONDS * MICROS_PER_MILLISECOND;
const STANDARD_PAYMENTS = 20;
/** Seeds are whole numbers below it. */
const SEEDS = 1_000_000_000;

const WHAT_IT_DOES = `
It publishes payments, copies of them, a conflict, a refund, a late payment, amounts in EUR, JPY and
BHD, a message that is no JSON and one that is malformed. It waits for journal, live view and raw
archive, starts two postings at once and waits for the ledger; then for a reconciliation. Then it asks
what docs/not-verified-locally.md lists, which only a project can answer. No setting is changed.

What it publishes stays: nothing is ever deleted from journal and ledger. Amounts are below 1 EUR,
100 JPY and 1 BHD each; customer, merchant and producer are \`smoke\`, and ids begin with \`smoke-\`
and the run. For its own conflict and rejects it writes the decision to reject them into audit_log, as
otherwise they would become errors. Where the ledger holds more than ${grouped(LIVE_FROM_ROWS)} rows of others, it
refuses: a company's books are no place for it, and its checks read all of them.

It needs the rights of whoever deployed the stack, and roles/logging.viewer: owner of the project is
enough. What it may not look at counts as wrong.

Exit codes: 0 all is right; 1 something is wrong; 2 the command line is wrong, or the books are live;
3 the project can't be reached.`;

/** The command line of `npm run smoke`; `run` is given what was asked for. */
export function smokeCommand(run: (options: SmokeOptions) => Promise<void>): Command {
  const command = new Command('smoke')
    .description('Checks a stack that was freshly deployed: publishes payments to it, and waits for ledger, dispositions and verdict to be right.')
    .addOption(new Option('--region <region>', 'of functions and jobs (default: where the topic keeps its messages)').argParser(reader(STACK_SETTINGS.region.form)))
    .addOption(new Option('--location <location>', 'of the datasets (default: that of the dataset payments)').argParser(reader(STACK_SETTINGS.location.form)))
    .addOption(new Option('--claims-database <id>', 'the Firestore database of the claims').default(STACK_SETTINGS.claims_database.standard).argParser(reader(STACK_SETTINGS.claims_database.form)))
    .addOption(new Option('--payments <number>', 'payments to publish, copies not counted').default(STANDARD_PAYMENTS).argParser(reader(whole(LEAST_PAYMENTS, MOST_PAYMENTS))))
    .addOption(new Option('--timeout <duration>', 'how long one wait may take').default(WAIT, formatDuration(WAIT)).argParser(reader(duration(MICROS_PER_SECOND, MICROS_PER_HOUR))))
    .addOption(new Option('--seed <number>', 'of the amounts (default: another one each time)').argParser(reader(whole(0, SEEDS - 1))))
    .option('--into-live-books', 'publish even where the ledger holds the payments of others')
    .addHelpText('after', WHAT_IT_DOES)
    .exitOverride();
  withGoogleOptions(command).action((options: Omit<SmokeOptions, 'seed'> & { readonly seed?: number }) => run({ ...options, seed: options.seed ?? randomInt(SEEDS) }));
  return command;
}

function reader<Value>(form: Form<Value>): (text: string) => Value {
  return (text) => {
    const value = form.read(text);
    if (value === null) throw new InvalidArgumentError(`It must be ${form.says}.`);
    return value;
  };
}
