import type { Plant } from '../plan.ts';
import { plantedSale } from '../stage.ts';

/** What no message tells of. */
export const OUTSIDE_PLANTS: readonly Plant[] = [
  {
    name: 'never_published',
    rate: 'never_published',
    part: 1,
    together: 2,
    minutes: 20,
    run: (stage, at, cluster) => {
      const { tally } = stage.world;
      tally.count('never_published');
      tally.plant('never_published', 'transaction_id', plantedSale(stage, at, cluster).transaction_id);
    },
  },
];
