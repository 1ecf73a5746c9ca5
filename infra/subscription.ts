import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { MICROS_PER_DAY } from '../functions/payment/time.ts';
import { type After, type Context, stateful } from './context.ts';
import { seconds, secondsText } from './function-list.ts';

/** The longest that Pub/Sub keeps a message. Prevents a dead letter from going before somebody has seen it. https://cloud.google.com/pubsub/quotas */
export const LONGEST_RETENTION = 31 * MICROS_PER_DAY;

/** What differs from subscription to subscription. */
export type SubscriptionSpecification = Pick<gcp.pubsub.SubscriptionArgs, 'pushConfig' | 'bigqueryConfig'> & {
  readonly topic: gcp.pubsub.Topic;
  readonly retention: number;
  readonly dead_letters?: gcp.pubsub.Topic;
};

/** A subscription that never expires (31 idle days would end it), retries with growing waits, and gives up only where a dead-letter topic is named. */
export function subscription(context: Context, parent: pulumi.Resource, name: string, { topic, retention, dead_letters, ...delivery }: SubscriptionSpecification, after: After): gcp.pubsub.Subscription {
  const { configuration, labels } = context;
  return new gcp.pubsub.Subscription(
    name,
    {
      project: configuration.project, name, topic: topic.id, labels: { ...labels }, ...delivery,
      ackDeadlineSeconds: seconds(configuration.ack_deadline),
      messageRetentionDuration: secondsText(retention),
      expirationPolicy: { ttl: '' },
      retryPolicy: { minimumBackoff: secondsText(configuration.retry_minimum), maximumBackoff: secondsText(configuration.retry_maximum) },
      ...(dead_letters ? { deadLetterPolicy: { deadLetterTopic: dead_letters.id, maxDeliveryAttempts: configuration.delivery_attempts } } : {}),
    },
    stateful(context, parent, after),
  );
}
