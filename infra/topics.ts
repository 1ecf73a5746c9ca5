import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, stateful } from './context.ts';
import { secondsText } from './function-list.ts';
import { TOPICS } from './names.ts';

/**
 * The topics. None has a schema: Avro refuses plain optional fields, and one bad message would fail its whole publish request, unseen.
 * Ordering is not asked for: an ordered push takes one message a key at a time, and posting needs no order.
 */
export class Topics extends pulumi.ComponentResource {
  readonly payments: gcp.pubsub.Topic;
  readonly redrive: gcp.pubsub.Topic;
  readonly dead_letters: gcp.pubsub.Topic;
  readonly archive_dead_letters: gcp.pubsub.Topic;

  constructor(context: Context, key: gcp.kms.CryptoKey | null, after: After) {
    super('payments:gcp:Topics', 'topics');
    const { project, region, message_retention } = context.configuration;
    const topic = (name: string, more: Partial<gcp.pubsub.TopicArgs> = {}) =>
      new gcp.pubsub.Topic(
        name,
        {
          project, name, labels: { ...context.labels },
          messageStoragePolicy: { allowedPersistenceRegions: [region] },
          ...(key ? { kmsKeyName: key.id } : {}),
          ...more,
        },
        stateful(context, this, after),
      );
    this.payments = topic(TOPICS.payments, { messageRetentionDuration: secondsText(message_retention) }); // for a replay by seek
    this.redrive = topic(TOPICS.redrive);
    this.dead_letters = topic(TOPICS.dead_letters);
    this.archive_dead_letters = topic(TOPICS.archive_dead_letters);
    this.registerOutputs();
  }

  byName(): Record<string, gcp.pubsub.Topic> {
    return Object.fromEntries(Object.entries(TOPICS).map(([field, name]) => [name, this[field as keyof typeof TOPICS]]));
  }
}
