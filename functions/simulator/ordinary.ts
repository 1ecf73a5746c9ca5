import { refundOf } from './plants/aftermath.ts';
import type { Payouts } from './payouts.ts';
import { makeSale } from './sales.ts';
import type { Stage } from './stage.ts';
import type { Surges } from './surges.ts';

/** An arrival with nothing planned for it: a sale, or one time in twenty a refund. */
export function ordinary(stage: Stage, surges: Surges, payouts: Payouts): void {
  const { world, arrivals, publisher, parents } = stage;
  const { at } = arrivals;
  if (world.streams.choices.chance(world.rates.refunds)) {
    refund(stage);
    return;
  }
  const merchant = surges.merchant(at) ?? world.merchants.inMarket(arrivals.market(), world.streams.choices);
  const sale = makeSale(world, at, merchant);
  if (sale.minor === 0n) world.tally.plant('zero_amount', 'transaction_id', sale.transaction_id);
  publisher.publish(sale, { at });
  parents.offer(sale, at);
  payouts.sold(sale, at);
}

/** A refund of all that is left of a sale, or of a part, after which there may be another. */
function refund(stage: Stage): void {
  const { world, publisher, parents, arrivals } = stage;
  const random = world.streams.choices;
  const parent = parents.takeRefundable(arrivals.at);
  const partial = parent.left > 100n && random.chance(world.rates.partial_refunds);
  const minor = partial ? (parent.left * BigInt(10 + random.below(80))) / 100n : parent.left;
  const again = parent.left < parent.sale.minor;
  const refunded = refundOf(stage, arrivals.at, parent.sale, minor);
  if (partial) {
    world.tally.count('partial_refunds');
    parent.left -= minor;
    if (random.chance(0.5)) parents.putBack(parent);
  }
  if (again) world.tally.plant('refund_again', 'transaction_id', refunded.transaction_id);
  if (parent.at < world.options.start) world.tally.plant('refund_of_opening_book', 'transaction_id', refunded.transaction_id);
  publisher.publish(refunded, { at: arrivals.at });
}
