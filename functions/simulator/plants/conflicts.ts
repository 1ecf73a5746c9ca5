import type { Movement } from '../movement.ts';
import type { Cluster, Plant } from '../plan.ts';
import { makeSale } from '../sales.ts';
import { plantedSale, type Stage } from '../stage.ts';
import { SECOND } from '../time-text.ts';

/** Why two messages of one payment differ in money facts: what the other copy says. */
const CAUSES: Readonly<Record<string, (sale: Movement, stage: Stage, at: number) => Movement>> = {
  tip_added: (sale) => ({ ...sale, minor: sale.minor + sale.minor / 7n }),
  partial_capture: (sale) => ({ ...sale, minor: (sale.minor * 6n) / 10n }),
  amount_sent_as_minor_units: (sale) => ({ ...sale, minor: sale.minor * 100n }),
  currency_corrected: (sale) => ({ ...sale, currency: sale.currency === 'NZD' ? 'SGD' : 'NZD', exponent: 2 }),
  merchant_corrected: (sale) => ({ ...sale, merchant_id: `${sale.merchant_id}-B` }),
  // Who reuses the payment's id for its refund has no other id to refer to.
  id_used_for_refund: (sale) => ({ ...sale, kind: 'refund' }),
  producers_colliding: (sale, stage, at) => {
    const { merchants, streams } = stage.world;
    const other = makeSale(stage.world, at, merchants.any(streams.choices), false);
    return { ...other, customer_id: `${other.customer_id}-2`, transaction_id: sale.transaction_id, identity: sale.identity };
  },
};

const CAUSE_COUNT = Object.keys(CAUSES).length;

/** Copies that differ in money facts, a few of one cause together. */
export const CONFLICT_PLANTS: readonly Plant[] = Object.entries(CAUSES).map(([cause, otherCopy]) => ({
  name: `conflict_${cause}`,
  rate: 'conflicts',
  part: 1 / CAUSE_COUNT,
  together: 4,
  minutes: 45,
  run: (stage: Stage, at: number, cluster: Cluster) => {
    const sale = plantedSale(stage, at, cluster);
    const first = stage.publisher.publish(sale, { once: true });
    const lag = stage.world.streams.choices.logNormal(40, 2) * SECOND;
    const copy = otherCopy(sale, stage, at);
    stage.publisher.publish(copy, { published_at: first.published_at + lag, once: true });
    stage.world.tally.count('conflicts');
    stage.world.tally.plant(`conflict_${cause}`, 'transaction_id', sale.transaction_id);
  },
}));
