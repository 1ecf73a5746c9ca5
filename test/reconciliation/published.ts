import { MICROS_PER_SECOND } from '../../functions/payment/time.ts';

/** The first instant of the handmade traffic, in microseconds: 2026-01-12T10:00:00Z. */
export const START = Date.UTC(2026, 0, 12, 10) * 1_000;

export type PaymentFields = Readonly<Record<string, unknown>>;

/** One line of a file, as a test needs it. */
export interface Published {
  readonly id: string;
  /** Seconds after START at which it was published. */
  readonly at: number;
  /** The payment, or the data as text where it is none. */
  readonly data: PaymentFields | string;
  /** On a dead letter: seconds after START at which its original was published. */
  readonly dead_letter_of?: number;
}

/** RFC 3339 of so many seconds after START. */
export function timeAt(seconds: number): string {
  return new Date(START / 1_000 + seconds * 1_000).toISOString();
}

/** Microseconds of so many seconds after START. */
export function microsAt(seconds: number): number {
  return START + seconds * MICROS_PER_SECOND;
}

/** A good payment of 10.00 EUR that happened at `at`; `more` changes or (undefined) leaves out fields. */
export function payment(transaction_id: string, at: number, more: PaymentFields = {}): PaymentFields {
  return { transaction_id, event_time: timeAt(at), amount: '10.00', currency: 'EUR', customer_id: 'cus_1', merchant_id: 'mer_1', ...more };
}

/** A message as Pub/Sub pushes it. */
export function pushLine({ id, at, data, dead_letter_of }: Published): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const attributes = dead_letter_of === undefined ? {} : { CloudPubSubDeadLetterSourceTopicPublishTime: timeAt(dead_letter_of) };
  return JSON.stringify({ message: { messageId: id, publishTime: timeAt(at), attributes, data: Buffer.from(text).toString('base64') } });
}
