import { createHash } from 'node:crypto';
import { decodePayment } from '../functions/payment/decode-payment.ts';
import { enrich } from '../functions/pipeline/4-enrich.ts';
import type { JournalLine } from '../functions/pipeline/journal-line.ts';

const AT = 1_769_900_399_123_000;

/** A line as the pipeline makes it of the payment in docs/payment-format.md, each of another number. */
export function sampleLine(number: number): JournalLine {
  const data = Buffer.from(JSON.stringify({
    schema_version: 1, transaction_id: `shop-7/2026-${number}`, event_time: '2026-01-31T23:59:59.123+01:00', kind: 'payment', amount: '10.50', currency: 'EUR',
    customer_id: 'cus_81', merchant_id: 'mer_3', payment_method: 'card', country: 'DE', card_country: 'DE', card_last4: '1111', merchant_reference: 'order-991', metadata: { basket: 'b-17' },
  }));
  const { payment } = decodePayment(data, { identity_scope: 'transaction_id', producer: null });
  if (!payment) throw new Error('the sample is no payment');
  const { fraud, flags } = enrich(payment, false);
  return {
    message: {
      message_id: String(18_000_000_000_000_000n + BigInt(number)), data, data_sha256: createHash('sha256').update(data).digest(), attributes: {}, published_at: AT, received_at: AT, clock_skew: false,
      source: 'projects/p/subscriptions/process-payment', line_number: null, fault: null, dead_letter_published_at: null, redrive_of: null,
    },
    outcome: 'recorded', claim_owner: null, payment, fraud, flags, faults: [], readable_transaction_id: null, payload: payment.payload,
  };
}
