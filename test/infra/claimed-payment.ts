import { createHash } from 'node:crypto';
import type { Payment } from '../../functions/payment/payment.ts';
import type { Micros } from '../../functions/payment/time.ts';
import type { Message } from '../../functions/pipeline/message.ts';
import { decodeGood } from '../unit/payment/good-payment.ts';

const RECEIVED_AT: Micros = Date.UTC(2026, 0, 31, 12) * 1_000;

/** A good payment that happened so many microseconds after its message came in, or before. */
export function goodPaymentOfTime(after: Micros): { readonly message: Message; readonly payment: Payment } {
  const data = Buffer.from('{}');
  const message: Message = {
    message_id: 'm1', data, data_sha256: createHash('sha256').update(data).digest(), attributes: {}, published_at: RECEIVED_AT, received_at: RECEIVED_AT, clock_skew: false,
    source: 'test', line_number: null, fault: null, dead_letter_published_at: null, redrive_of: null,
  };
  return { message, payment: { ...decodeGood({}), event_time: RECEIVED_AT + after } };
}
