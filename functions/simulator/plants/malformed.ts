import { paymentText } from '../payment-text.ts';
import type { Cluster, Plant } from '../plan.ts';
import { plantedSale, type Stage } from '../stage.ts';
import { DAY, HOUR } from '../time-text.ts';
import { type Malformation, MALFORMATIONS } from './malformations.ts';

const NAMES = Object.keys(MALFORMATIONS);
/** What a release may break for a whole producer, by the order of clusters. */
const RELEASE_BREAKS = ['amount_as_number', 'event_time_without_offset', 'minor_without_exponent', 'customer_missing'];

/** Payments published malformed: half of them by one producer in the hour after its release, the rest a few at a time. */
export const MALFORMED_PLANTS: readonly Plant[] = [
  {
    name: 'bad_release',
    rate: 'rejects',
    part: 0.5,
    together: Number.POSITIVE_INFINITY,
    minutes: 60,
    producer: (world) => world.streams.plan.pick(world.merchants.producers.slice(0, 5)),
    run: (stage, at, cluster) => {
      const name = RELEASE_BREAKS[cluster.number % RELEASE_BREAKS.length] as string;
      malformed(stage, at, cluster, MALFORMATIONS[name] as Malformation, ['bad_release', `malformed_${name}`], cluster.to + DAY);
    },
  },
  ...NAMES.map((name) => ({
    name: `malformed_${name}`,
    rate: 'rejects' as const,
    part: 0.5 / NAMES.length,
    together: 4,
    minutes: 30,
    run: (stage: Stage, at: number, cluster: Cluster) => malformed(stage, at, cluster, MALFORMATIONS[name] as Malformation, [`malformed_${name}`], at + HOUR / 2),
  })),
];

/** Two in five are published again, corrected, and count then. */
export function malformed(stage: Stage, at: number, cluster: Cluster, malformation: Malformation, faults: readonly string[], correctedAt: number): void {
  const { publisher, world } = stage;
  const sale = plantedSale(stage, at, cluster);
  const data = malformation(paymentText(sale));
  publisher.publish(sale, { data, faults, malformed: true, once: true });
  world.tally.count('malformed');
  if (world.streams.choices.chance(0.4)) publisher.publish(sale, { published_at: correctedAt, faults: ['corrected_after_reject'], once: true });
}
