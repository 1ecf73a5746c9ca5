import type { Delivery } from '../delivery.ts';
import { paymentText } from '../payment-text.ts';
import type { Cluster, Plant } from '../plan.ts';
import { plantedSale, type Stage } from '../stage.ts';
import { HOUR, MINUTE, SECOND, timeText } from '../time-text.ts';

const FATES = { dead_letter_original_in_file: originalInFile, dead_letter_alone: alone, dead_letter_of_unseen_copy: ofUnseenCopy, dead_letter_malformed: deadMalformed };

/** Messages whose deliveries all failed: each comes from the dead-letter topic under a new id, an hour or more later. */
export const DEAD_LETTER_PLANTS: readonly Plant[] = Object.entries(FATES).map(([name, run]) => ({
  name,
  rate: 'dead_letters',
  part: 0.25,
  together: 5,
  minutes: 15,
  run: (stage: Stage, at: number, cluster: Cluster) => {
    stage.world.tally.count('dead_letters');
    run(stage, at, cluster);
  },
}));

/** The original is in the file: the dead letter is that message again. */
function originalInFile(stage: Stage, at: number, cluster: Cluster): void {
  const sale = plantedSale(stage, at, cluster);
  const original = stage.publisher.publish(sale, { once: true });
  const letter = stage.publisher.draft(sale, { published_at: original.at + hold(stage), data: original.data, attributes: attributes(original.published_at, sale.producer.name), faults: ['dead_letter_original_in_file'], once: true });
  stage.publisher.deliver({ ...letter, again: true });
}

/** Nobody else has the payment: the dead letter is a message like any other. */
function alone(stage: Stage, at: number, cluster: Cluster): void {
  const sale = plantedSale(stage, at, cluster);
  stage.publisher.publish(sale, { published_at: at + hold(stage), attributes: attributes(at, sale.producer.name), faults: ['dead_letter_alone'], once: true });
}

/** The same bytes were published twice, the first time well: the dead letter is of the other, which the file doesn't have. */
function ofUnseenCopy(stage: Stage, at: number, cluster: Cluster): void {
  const sale = plantedSale(stage, at, cluster);
  const first: Delivery = stage.publisher.publish(sale, { once: true });
  const unseen = first.published_at + 7 * SECOND;
  stage.publisher.publish(sale, { published_at: unseen + hold(stage), attributes: attributes(unseen, sale.producer.name), faults: ['dead_letter_of_unseen_copy'], once: true });
}

function deadMalformed(stage: Stage, at: number, cluster: Cluster): void {
  const sale = plantedSale(stage, at, cluster);
  const data = paymentText(sale).slice(0, -9);
  stage.publisher.publish(sale, { published_at: at + hold(stage), data, attributes: attributes(at, sale.producer.name), faults: ['dead_letter_malformed'], malformed: true, once: true });
}

function hold(stage: Stage): number {
  return stage.world.streams.choices.between(HOUR, 2 * HOUR + 30 * MINUTE);
}

/** The attributes that Pub/Sub adds when it forwards a message to a dead-letter topic. */
function attributes(originalPublishedAt: number, producer: string): Record<string, string> {
  return {
    producer,
    CloudPubSubDeadLetterSourceDeliveryCount: '5',
    CloudPubSubDeadLetterSourceSubscription: 'payments-push',
    CloudPubSubDeadLetterSourceSubscriptionProject: 'example-project',
    CloudPubSubDeadLetterSourceTopicPublishTime: timeText(originalPublishedAt, null, 3),
  };
}
