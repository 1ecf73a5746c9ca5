import type { Delivery } from '../delivery.ts';
import { pushLine } from '../envelope.ts';
import { paymentText } from '../payment-text.ts';
import type { Random } from '../random.ts';
import type { Cluster, Plant } from '../plan.ts';
import { plantedSale, type Stage } from '../stage.ts';
import { MINUTE } from '../time-text.ts';

/** What becomes of a line on its way, and whether its message id can still be read. Each is rejected, as the bytes that are left. */
const BREAKAGES: Readonly<Record<string, { readonly keeps_id: boolean; readonly line: (message: Delivery, random: Random) => string | Uint8Array }>> = {
  truncated_line: { keeps_id: false, line: (message, random) => truncated(pushLine(message), random) },
  garbled_line: { keeps_id: false, line: (_, random) => garbage(random) },
  not_utf8_line: { keeps_id: false, line: (message) => Buffer.concat([Buffer.from(message.data.slice(0, -1) as string), Buffer.from(',"store":"Caf'), Buffer.from([0xe9]), Buffer.from('"}')]) },
  two_envelopes_on_a_line: { keeps_id: false, line: (message) => `${pushLine(message)}${pushLine(message)}` },
  array_line: { keeps_id: false, line: () => '[1,2]' },
  number_line: { keeps_id: false, line: () => '42' },
  message_is_text: { keeps_id: false, line: () => '{"message":"payment taken"}' },
  data_not_base64: { keeps_id: true, line: (message) => pushLine(message).replace('"data":"', '"data":"!%') },
  data_cut_off: { keeps_id: true, line: (message) => pushLine(message).replace(/"data":"[^"]*"/, '"data":"eyJ0c"') },
  data_missing: { keeps_id: true, line: (message) => pushLine(message).replace(/,"data":"[^"]*"/, '') },
  data_as_object: { keeps_id: true, line: (message) => pushLine(message).replace(/"data":"[^"]*"/, `"data":${message.data as string}`) },
};

const COUNT = Object.keys(BREAKAGES).length;

/** Lines that broke between the subscription and the file. Half of the payments are delivered again, whole. */
export const BROKEN_LINE_PLANTS: readonly Plant[] = Object.entries(BREAKAGES).map(([name, { keeps_id, line }]) => ({
  name,
  rate: 'broken_lines',
  part: 1 / COUNT,
  together: 3,
  minutes: 10,
  run: (stage: Stage, at: number, cluster: Cluster) => {
    const { publisher, world } = stage;
    const sale = plantedSale(stage, at, cluster);
    const whole = publisher.draft(sale, { data: paymentText(sale), once: true });
    publisher.deliver({ ...whole, movement: null, message_id: keeps_id ? whole.message_id : '', line: line(whole, world.streams.choices), faults: [name] });
    if (world.streams.choices.chance(0.5)) publisher.deliver({ ...whole, at: whole.at + 10 * MINUTE, attempt: 2, faults: ['delivered_whole_later'] });
    world.tally.count('broken_lines');
  },
}));

function truncated(line: string, random: Random): string {
  return line.slice(0, 1 + Math.floor(random.between(0.1, 0.95) * (line.length - 2)));
}

/** Bytes that are neither text nor a line's end. */
function garbage(random: Random): Uint8Array {
  return Uint8Array.from({ length: 40 + random.below(200) }, (_, index) => (index === 0 ? 0xff : 0x80 + random.below(0x70)));
}
