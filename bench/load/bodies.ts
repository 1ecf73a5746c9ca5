import { formatMicros } from '../../functions/payment/time.ts';

/** Bodies of pushes, each with a payment of its own of some 450 bytes, as Pub/Sub sends them. */
export function pushBodies(count: number, run: string): string[] {
  const event_time = formatMicros(Date.now() * 1_000);
  return Array.from({ length: count }, (_none, number) => {
    const payment = {
      transaction_id: `shop-${number % 50}/${run}-${number}`,
      event_time,
      kind: number % 20 === 0 ? 'refund' : 'payment',
      amount: `${(number * 37) % 4_000}.${String(number % 100).padStart(2, '0')}`,
      currency: number % 3 === 0 ? 'USD' : 'EUR',
      customer_id: `cus_${(number * 7_919) % 100_000}`,
      merchant_id: `mer_${number % 50}`,
      ...(number % 20 === 0 ? { original_transaction_id: `shop-${number % 50}/${run}-0` } : {}),
      payment_method: 'card',
      country: 'DE',
      metadata: { order: `order-${number}`, channel: 'web', basket: String(number % 9), note: 'delivered to the neighbour' },
    };
    const message = { data: Buffer.from(JSON.stringify(payment)).toString('base64'), messageId: `${run}${number}`, message_id: `${run}${number}`, publishTime: event_time, publish_time: event_time, attributes: { producer: 'shop' } };
    return JSON.stringify({ message, subscription: 'projects/trial/subscriptions/payments' });
  });
}
