/** Attributes that Pub/Sub puts on a dead letter, over any that the producer gave those names. https://cloud.google.com/pubsub/docs/dead-letter-topics#how_dead_letter_topics_work */
const SOURCE_SUBSCRIPTION = 'CloudPubSubDeadLetterSourceSubscription';
const SOURCE_PROJECT = 'CloudPubSubDeadLetterSourceSubscriptionProject';

/** Did the dead letter come from that subscription (`projects/P/subscriptions/S`; null: none)? Believe it only on the dead-letter topic. */
export function isFromSubscription(attributes: Readonly<Record<string, string>>, subscription: string | null): boolean {
  if (subscription === null) return false;
  const [name, project] = [attributes[SOURCE_SUBSCRIPTION], attributes[SOURCE_PROJECT]];
  return name === subscription || (name !== undefined && project !== undefined && `projects/${project}/subscriptions/${name}` === subscription);
}
