import type { Movement } from '../movement.ts';
import type { Cluster, Plant } from '../plan.ts';
import { redated } from '../sales.ts';
import { plantedSale, type Stage } from '../stage.ts';
import { DAY, MINUTE, SECOND } from '../time-text.ts';

/** Copies, and what only looks like one. */
export const COPY_PLANTS: readonly Plant[] = [
  { name: 'redated_over_midnight', rate: 'redated_over_midnight', part: 0.5, together: 12, minutes: 120, run: (stage, at, cluster) => redatedOverMidnight(stage, 'redated_over_midnight', at, cluster) },
  { name: 'redated_over_month_end', rate: 'redated_over_midnight', part: 0.5, together: 30, minutes: 60, month_end: true, run: (stage, at, cluster) => redatedOverMidnight(stage, 'redated_over_month_end', at, cluster) },
  { name: 'republished_by_rerun', rate: 'copies_from_reruns', part: 1, among: (world) => world.options.payments * world.rates.republished, together: 30, minutes: 60, run: republishedByRerun },
  { name: 'lookalike', rate: 'lookalikes', part: 1, together: 6, minutes: 60, run: lookalike },
  { name: 'card_testing', rate: 'card_testing', part: 1, together: 40, minutes: 30, run: cardTesting },
  { name: 'message_id_reused', rate: 'message_id_reused', part: 1, together: 2, minutes: 10, run: messageIdReused },
];

/** The retry comes the next day and says so: the same payment, with another transaction date. */
function redatedOverMidnight(stage: Stage, fault: string, at: number, cluster: Cluster): void {
  const { tally, streams } = stage.world;
  const sale = plantedSale(stage, at, cluster);
  stage.publisher.publish(sale, { at, once: true });
  const nextDay = (Math.floor(at / DAY) + 1) * DAY + streams.choices.between(2 * MINUTE, 40 * MINUTE);
  stage.publisher.publish(redated(sale, nextDay), { at: nextDay, once: true, faults: [fault] });
  tally.count('redated_over_midnight');
}

/** A job that ran is run again, 1 to 10 days later, and publishes everything once more. */
function republishedByRerun(stage: Stage, at: number, cluster: Cluster): void {
  const { publisher, world } = stage;
  const sale = plantedSale(stage, at, cluster);
  const first = publisher.publish(sale, { once: true });
  publisher.publish(sale, { published_at: first.published_at + (1 + (cluster.number % 10)) * DAY, faults: ['republished_by_rerun'], once: true });
  world.tally.count('republished');
  world.tally.count('republished_by_rerun');
}

/** Same customer, merchant and amount within a minute, another id: a second payment, to be booked. */
function lookalike(stage: Stage, at: number, cluster: Cluster): void {
  const { world, publisher, followUps } = stage;
  const sale = plantedSale(stage, at, cluster);
  publisher.publish(sale, { once: true });
  followUps.add({
    at: at + world.streams.choices.between(3, 40) * SECOND,
    run: (then) => {
      const twin: Movement = { ...redated(sale, at + 45 * SECOND), transaction_id: world.nextId(sale.producer), identity: { posted: null } };
      publisher.publish(twin, { at: then, once: true });
      world.tally.count('lookalike');
      world.tally.plant('lookalike', 'transaction_id', twin.transaction_id);
    },
  });
}

/** Stolen numbers of one card range tried out from one device, for small sums. */
function cardTesting(stage: Stage, at: number, cluster: Cluster): void {
  const { world, publisher } = stage;
  const sale = plantedSale(stage, at, cluster);
  const card_last4 = String(world.streams.choices.below(10_000)).padStart(4, '0');
  const method = { ...sale.method, payment_method: 'card' as const, card_bin: fraudBin(cluster), card_last4, device_id: fraudDevice(cluster), card_country: 'US' };
  publisher.publish({ ...sale, minor: 500n + (sale.minor % 500n), method }, { once: true });
  world.tally.count('card_testing');
  world.tally.plant('card_testing', 'transaction_id', sale.transaction_id);
}

/** The card range that a cluster of fraud shares. */
export function fraudBin(cluster: Cluster): string {
  return String(445_000 + (cluster.number % 1000));
}

/** The device that a cluster of fraud shares. */
export function fraudDevice(cluster: Cluster): string {
  return `d-fraud-${cluster.number}`;
}

/** Two payments under one message id: other data, so a message of its own. */
function messageIdReused(stage: Stage, at: number, cluster: Cluster): void {
  const { world, publisher, followUps } = stage;
  const first = publisher.publish(plantedSale(stage, at, cluster), { once: true });
  followUps.add({
    at: at + 20 * SECOND,
    run: (then) => {
      const second = plantedSale(stage, then, cluster);
      publisher.publish(second, { once: true, message_id: first.message_id, faults: ['message_id_reused'] });
      world.tally.count('message_id_reused');
    },
  });
}
