import type * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { rawMessagesFromPubsub } from '../sql/tables/raw-messages.ts';
import type { After, Context } from './context.ts';
import { DATASETS, SUBSCRIPTIONS } from './names.ts';
import { subscription } from './subscription.ts';
import type { Topics } from './topics.ts';

/** The raw archive's writer: a native subscription that runs none of our code. It writes bytes and metadata; the topic's schema, were there one, is not used. */
export class Archive extends pulumi.ComponentResource {
  readonly subscription: gcp.pubsub.Subscription;

  constructor(context: Context, topics: Topics, after: After) {
    super('payments:gcp:Archive', 'archive');
    const { project, message_retention } = context.configuration;
    const bigqueryConfig = { table: `${project}.${DATASETS.payments}.${rawMessagesFromPubsub.name}`, writeMetadata: true, useTopicSchema: false, useTableSchema: false, dropUnknownFields: false };
    this.subscription = subscription(context, this, SUBSCRIPTIONS.archive, { topic: topics.payments, retention: message_retention, dead_letters: topics.archive_dead_letters, bigqueryConfig }, after);
    this.registerOutputs();
  }
}
