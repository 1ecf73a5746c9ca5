import type { Arrivals } from './arrivals.ts';
import type { Movement } from './movement.ts';
import type { Parents } from './parents.ts';
import type { Cluster } from './plan.ts';
import type { Publisher } from './publisher.ts';
import { makeSale } from './sales.ts';
import type { TimeQueue } from './time-queue.ts';
import type { World } from './world.ts';

/** A movement that comes later because of one now. It takes an arrival of its own. */
export interface FollowUp {
  readonly at: number;
  readonly run: (at: number) => void;
}

/** What a planted fault may use. */
export interface Stage {
  readonly world: World;
  readonly arrivals: Arrivals;
  readonly publisher: Publisher;
  readonly parents: Parents;
  readonly followUps: TimeQueue<FollowUp>;
}

const LEAST_MINOR = 500n;

/** A sale for a planted fault: of the cluster's producer, where it has one, and never for nothing, so that changed money shows. */
export function plantedSale(stage: Stage, at: number, cluster: Cluster): Movement {
  const { merchants, streams } = stage.world;
  const merchant = cluster.producer === null ? merchants.inMarket(stage.arrivals.market(), streams.choices) : merchants.ofProducer(cluster.producer, streams.choices);
  const sale = makeSale(stage.world, at, merchant);
  return sale.minor < LEAST_MINOR ? { ...sale, minor: sale.minor + LEAST_MINOR } : sale;
}

/** Publishes a sale under a planted fault, listed by its transaction id, without copies by chance. */
export function publishOnce(stage: Stage, fault: string, sale: Movement, manner: { at?: number; published_at?: number } = {}): void {
  stage.world.tally.plant(fault, 'transaction_id', sale.transaction_id);
  stage.publisher.publish(sale, { ...manner, once: true });
}
