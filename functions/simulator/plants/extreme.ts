import type { Cluster, Plant } from '../plan.ts';
import { plantedSale, publishOnce, type Stage } from '../stage.ts';
import { HOUR } from '../time-text.ts';
import { amountTooLarge } from './malformations.ts';
import { malformed } from './malformed.ts';

/** The greatest amount that is accepted, in minor units. */
const GREATEST_MINOR = 1_000_000_000_000_000n;

/** Amounts at the limit and above it. Their rate is one of its own, because one such payment drowns the totals of all others. */
export const EXTREME_PLANTS: readonly Plant[] = [
  extreme('amount_at_the_limit', (stage, at, cluster, name) => publishOnce(stage, name, { ...plantedSale(stage, at, cluster), minor: GREATEST_MINOR, metadata: null }, { at })),
  extreme('malformed_amount_too_large', (stage, at, cluster, name) => malformed(stage, at, cluster, amountTooLarge, [name], at + HOUR / 2)),
];

function extreme(name: string, run: (stage: Stage, at: number, cluster: Cluster, name: string) => void): Plant {
  return {
    name,
    rate: 'extreme_amounts',
    part: 0.5,
    together: 1,
    minutes: 30,
    run: (stage, at, cluster) => {
      stage.world.tally.count('extreme_amounts');
      run(stage, at, cluster, name);
    },
  };
}
