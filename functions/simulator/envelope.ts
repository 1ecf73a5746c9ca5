import type { Delivery } from './delivery.ts';
import { timeText } from './time-text.ts';

const SUBSCRIPTION = 'projects/example-project/subscriptions/payments-push';

/** A message as Pub/Sub pushes it. */
export function pushLine(delivery: Delivery): string {
  const attempt = delivery.attempt > 1 ? `,"deliveryAttempt":${delivery.attempt}` : '';
  return `{"message":{"messageId":"${delivery.message_id}","publishTime":"${timeText(delivery.published_at, null, 3)}","attributes":${delivery.attributes},"data":"${base64(delivery.data)}"},"subscription":"${SUBSCRIPTION}"${attempt}}`;
}

/** A message as `gcloud pubsub subscriptions pull --format=json` prints it, on one line. */
export function pullLine(delivery: Delivery): string {
  const acknowledgement = `UAYWLF1GSFE3GQhoUQ5PXiM_${delivery.message_id}`;
  return `{"ackId":"${acknowledgement}","message":{"attributes":${delivery.attributes},"data":"${base64(delivery.data)}","messageId":"${delivery.message_id}","publishTime":"${timeText(delivery.published_at, null, 3)}"}}`;
}

function base64(data: string | Uint8Array): string {
  return (typeof data === 'string' ? Buffer.from(data, 'utf8') : Buffer.from(data.buffer, data.byteOffset, data.byteLength)).toString('base64');
}
