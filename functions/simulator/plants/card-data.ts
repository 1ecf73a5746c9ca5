import { paymentText } from '../payment-text.ts';
import type { Movement } from '../movement.ts';
import type { Cluster, Plant } from '../plan.ts';
import { plantedSale, type Stage } from '../stage.ts';

/** Public test numbers of card networks; no account has them. */
const TEST_NUMBERS = ['4111111111111111', '5555 5555 5555 4444', '3782-822463-10005', '4012888888881881'];

type Hiding = (sale: Movement, number: string) => Movement;

/** Where card data turns up that nobody may send. The payment counts all the same. */
const PLACES: Readonly<Record<string, Hiding>> = {
  card_number_in_metadata: (sale, number) => ({ ...sale, metadata: { ...sale.metadata, note: `paid by ${number} on the phone` } }),
  cvv_in_metadata: (sale) => ({ ...sale, metadata: { ...sale.metadata, cvv: '737' } }),
  card_number_in_unknown_field: (sale, number) => ({ ...sale, fields: { clerk_note: number } }),
  card_number_in_reject: (sale, number) => ({ ...sale, metadata: { note: number } }),
};

/** Planted card numbers, a few from one producer together. */
export const CARD_DATA_PLANTS: readonly Plant[] = Object.entries(PLACES).map(([name, hide]) => ({
  name,
  rate: 'card_data',
  part: 1 / Object.keys(PLACES).length,
  together: 8,
  minutes: 60,
  run: (stage: Stage, at: number, cluster: Cluster) => {
    const { tally, streams } = stage.world;
    const sale = hide(plantedSale(stage, at, cluster), streams.choices.pick(TEST_NUMBERS));
    tally.count('card_data');
    if (name === 'card_number_in_reject') {
      stage.publisher.publish(sale, { data: paymentText({ ...sale, currency: 'XAU' }), faults: [name], malformed: true, once: true });
    } else {
      stage.publisher.publish(sale, { faults: [name], once: true });
    }
  },
}));
