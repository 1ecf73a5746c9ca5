import { SUBSCRIPTIONS, TOPICS, topicPath } from '../../infra/names.ts';
import { hasObjectAt, isTrueAt, numberAt, textAt } from '../google/fields.ts';
import { type Finding, unlessFaults } from '../result.ts';
import type { Check } from './check.ts';

/** Seconds; with less, no replay can reach back a day. */
const LEAST_RETENTION_SECONDS = 86_400;
/** Attempts; the least that Pub/Sub takes. */
const LEAST_ATTEMPTS = 5;

const DEAD_LETTERS_OF: Readonly<Partial<Record<keyof typeof SUBSCRIPTIONS, string>>> = { process: TOPICS.dead_letters, redrive: TOPICS.dead_letters, archive: TOPICS.archive_dead_letters };
const PUSHED: ReadonlySet<keyof typeof SUBSCRIPTIONS> = new Set(['process', 'redrive', 'keep']);

/** How messages are kept and delivered. */
export const PUBSUB_CHECKS: readonly Check[] = [
  {
    name: 'subscriptions',
    asks: 'whether each subscription retries with growing waits, never expires, and gives up only to its dead-letter topic',
    no_emulator: null,
    next: '`pulumi up` puts subscriptions back. Never delete one: its backlog goes with it.',
    async run({ google, place: { project } }) {
      const names = Object.keys(SUBSCRIPTIONS) as (keyof typeof SUBSCRIPTIONS)[];
      const faults: string[] = [];
      for (const name of names) faults.push(...faultsOf(name, await google.read('pubsub', `projects/${project}/subscriptions/${SUBSCRIPTIONS[name]}`), project).map((fault) => `${SUBSCRIPTIONS[name]} ${fault}`));
      return unlessFaults(faults, `${names.length} subscriptions`);
    },
  },
  {
    name: 'archive-subscription',
    asks: 'whether the subscription that writes the raw archive is active, and writes ids and times',
    no_emulator: 'Pub/Sub\'s has no BigQuery subscription',
    next: 'docs/runbooks/archive-stopped.md.',
    async run({ google, place: { project } }): Promise<Finding> {
      const subscription = await google.read('pubsub', `projects/${project}/subscriptions/${SUBSCRIPTIONS.archive}`);
      const [state, written, table] = ['state', 'bigqueryConfig.state', 'bigqueryConfig.table'].map((path) => textAt(subscription, path) ?? 'unknown');
      return unlessFaults(
        [...(state === 'ACTIVE' ? [] : [`its state is ${state}`]), ...(written === 'ACTIVE' ? [] : [`its writing to BigQuery is ${written}`]), ...(isTrueAt(subscription, 'bigqueryConfig.writeMetadata') ? [] : ['it writes no metadata'])],
        `ACTIVE ACTIVE, into ${table}`,
      );
    },
  },
  {
    name: 'topic-retention',
    asks: 'whether the topic keeps messages for a replay, for a day at least',
    no_emulator: null,
    next: 'Set payments:message_retention, and `pulumi up`.',
    async run({ google, place: { project } }): Promise<Finding> {
      const kept = numberAt(await google.read('pubsub', `projects/${project}/topics/${TOPICS.payments}`), 'messageRetentionDuration');
      return unlessFaults(kept !== null && kept >= LEAST_RETENTION_SECONDS ? [] : [`it keeps them for ${kept ?? 0} s`], `${kept} s`);
    },
  },
];

function faultsOf(name: keyof typeof SUBSCRIPTIONS, subscription: unknown, project: string): string[] {
  const [least, most] = ['retryPolicy.minimumBackoff', 'retryPolicy.maximumBackoff'].map((path) => numberAt(subscription, path));
  const attempts = numberAt(subscription, 'deadLetterPolicy.maxDeliveryAttempts');
  const dead_letters = textAt(subscription, 'deadLetterPolicy.deadLetterTopic');
  const expected = DEAD_LETTERS_OF[name];
  return [
    ...(least !== null && most !== null && least < most ? [] : ['has no growing waits']),
    // Without a policy it expires after 31 idle days; one without a time never does.
    ...(hasObjectAt(subscription, 'expirationPolicy') && textAt(subscription, 'expirationPolicy.ttl') === null ? [] : ['expires when it is idle']),
    ...(expected === undefined ? (dead_letters === null ? [] : [`gives up to ${dead_letters}`]) : dead_letters === topicPath(expected, project) && (attempts ?? 0) >= LEAST_ATTEMPTS ? [] : [`does not give up to ${expected}`]),
    ...(PUSHED.has(name) === (textAt(subscription, 'pushConfig.pushEndpoint') !== null) ? [] : [PUSHED.has(name) ? 'pushes nowhere' : 'pushes']),
    ...((numberAt(subscription, 'ackDeadlineSeconds') ?? 0) > 0 ? [] : ['has no deadline']),
  ];
}
