import type { Kind } from '../../payment/kind.ts';
import type { Movement } from '../movement.ts';
import type { Parent } from '../parents.ts';
import type { Cluster, Plant } from '../plan.ts';
import { PRODUCERS } from '../producers.ts';
import { makeMovement } from '../sales.ts';
import { plantedSale, type Stage } from '../stage.ts';
import { MINUTE, SECOND } from '../time-text.ts';
import type { World } from '../world.ts';
import { fraudBin, fraudDevice } from './copies.ts';

const refunds = (world: World): number => world.options.payments * world.rates.refunds;
/** Eleven payments in twelve are sales, and five sales in eight are paid by card. */
const cardSales = (world: World): number => world.options.payments * 0.57;
const chargebacks = (world: World): number => cardSales(world) * world.rates.chargebacks;

/** Refunds gone wrong, and all that comes of disputes. */
export const AFTERMATH_PLANTS: readonly Plant[] = [
  { name: 'refund_orphan', rate: 'orphan_refunds', part: 1, among: refunds, together: 5, minutes: 60, run: orphan },
  { name: 'refund_before_payment', rate: 'early_refunds', part: 1, among: refunds, together: 4, minutes: 60, run: beforePayment },
  { name: 'refund_above_original', rate: 'over_refunds', part: 1, among: refunds, together: 2, minutes: 30, run: aboveOriginal },
  { name: 'refund_and_chargeback', rate: 'refunds_charged_back', part: 1, among: refunds, together: 2, minutes: 30, run: refundAndChargeback },
  { name: 'refund_reversal', rate: 'refund_reversals', part: 1, among: refunds, together: 3, minutes: 30, run: (stage, at) => { dispute(stage, at, 'refund_reversal', stage.parents.takeRefundable(at)); } },
  { name: 'chargeback', rate: 'chargebacks', part: 1, among: cardSales, together: 8, minutes: 240, run: (stage, at, cluster) => chargeback(stage, at, stage.parents.takeDisputable(at), cluster) },
  { name: 'chargeback_reversal', rate: 'chargebacks_reversed', part: 1, among: chargebacks, together: 6, minutes: 240, run: (stage, at) => { dispute(stage, at, 'chargeback_reversal', stage.parents.takeDisputable(at)); } },
  { name: 'second_chargeback', rate: 'second_chargebacks', part: 1, among: chargebacks, together: 2, minutes: 120, run: (stage, at) => { dispute(stage, at, 'second_chargeback', stage.parents.takeDisputable(at)); } },
  { name: 'chargeback_at_excessive_merchant', rate: 'chargebacks_at_one_merchant', part: 1, among: chargebacks, together: 8, minutes: 600, run: atExcessiveMerchant },
];

/** A refund of a sale, published by the sale's producer. */
export function refundOf(stage: Stage, at: number, sale: Movement, minor: bigint): Movement {
  stage.world.tally.count('refunds');
  const refund = makeMovement(stage.world, at, sale.merchant, sale.producer);
  return { ...refund, kind: 'refund', minor, customer_id: sale.customer_id, method: sale.method, original_transaction_id: sale.transaction_id };
}

function orphan(stage: Stage, at: number, cluster: Cluster): void {
  const sale = plantedSale(stage, at, cluster);
  const unknown = stage.world.streams.choices.chance(0.5) ? `${sale.transaction_id}-unknown` : null;
  publish(stage, 'refund_orphan', { ...refundOf(stage, at, sale, sale.minor), original_transaction_id: unknown });
}

/** The refund overtakes its payment, which is held up for half an hour. */
function beforePayment(stage: Stage, at: number, cluster: Cluster): void {
  const sale = plantedSale(stage, at, cluster);
  stage.followUps.add({
    at: at + 30 * SECOND,
    run: (then) => {
      publish(stage, 'refund_before_payment', refundOf(stage, then, sale, sale.minor));
      stage.publisher.publish(sale, { published_at: then + 30 * MINUTE, once: true });
    },
  });
}

function aboveOriginal(stage: Stage, at: number): void {
  const { sale } = stage.parents.takeRefundable(at);
  publish(stage, 'refund_above_original', refundOf(stage, at, sale, sale.minor + 100n + sale.minor / 10n));
}

/** Two departments give the same money back. */
function refundAndChargeback(stage: Stage, at: number, cluster: Cluster): void {
  const parent = stage.parents.takeDisputable(at);
  publish(stage, 'refund_and_chargeback', refundOf(stage, at, parent.sale, parent.sale.minor));
  stage.followUps.add({ at: at + MINUTE, run: (then) => chargeback(stage, then, parent, cluster) });
}

function atExcessiveMerchant(stage: Stage, at: number, cluster: Cluster): void {
  const { merchants } = stage.world;
  const merchant = merchants.all[Math.min(39, merchants.all.length - 1)] as (typeof merchants.all)[number];
  const { sale } = stage.parents.takeDisputable(at);
  const atMerchant: Movement = { ...sale, merchant, merchant_id: merchant.id, currency: merchant.market.currency, exponent: merchant.market.exponent, transaction_id: stage.world.nextId(merchant.producer) };
  stage.world.tally.count('chargeback_at_excessive_merchant');
  stage.world.tally.plant('chargeback_at_excessive_merchant', 'transaction_id', chargeback(stage, at, { sale: atMerchant, at, left: sale.minor }, cluster));
}

/** Money taken back by the card's bank, and the fee for it. Two in five are fraud from one card range and device. */
function chargeback(stage: Stage, at: number, parent: Parent, cluster: Cluster): string {
  const { world, publisher, followUps } = stage;
  world.tally.count('chargebacks');
  const fraud = world.streams.choices.chance(0.4);
  const method = fraud ? { ...parent.sale.method, card_bin: fraudBin(cluster), device_id: fraudDevice(cluster) } : parent.sale.method;
  const id = dispute(stage, at, 'chargeback', { ...parent, sale: { ...parent.sale, method } });
  followUps.add({
    at: at + MINUTE,
    run: (then) => {
      const fee = makeMovement(world, then, parent.sale.merchant, PRODUCERS.settlement);
      publisher.publish({ ...fee, kind: 'fee', minor: 15n * 10n ** BigInt(fee.exponent), original_transaction_id: id });
      world.tally.plant('chargeback_fee', 'transaction_id', fee.transaction_id);
    },
  });
  return id;
}

/** A dispute's movement of a whole sale, by the settlement system. Returns its transaction id. */
function dispute(stage: Stage, at: number, kind: Kind, { sale }: Parent): string {
  const movement = makeMovement(stage.world, at, sale.merchant, PRODUCERS.settlement);
  const fields = { dispute_id: `dp-${movement.transaction_id.slice(-6)}`, dispute_reason_code: sale.method.device_id.startsWith('d-fraud') ? '10.4' : '13.1' };
  publish(stage, kind, { ...movement, kind, minor: sale.minor, customer_id: sale.customer_id, method: sale.method, original_transaction_id: sale.transaction_id, fields });
  if (kind !== 'chargeback') stage.world.tally.count(kind);
  return movement.transaction_id;
}

function publish(stage: Stage, fault: string, movement: Movement): void {
  if (fault.startsWith('refund_') && fault !== 'refund_reversal') stage.world.tally.count(fault);
  stage.world.tally.plant(fault, 'transaction_id', movement.transaction_id);
  stage.publisher.publish(movement, { once: true });
}
