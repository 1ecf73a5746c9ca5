import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A good payment's JSON, with some fields changed. */
export function payment(transaction_id: string, change: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ transaction_id, event_time: '2024-03-01T10:00:00Z', amount: '10.00', currency: 'EUR', customer_id: 'cus_1', merchant_id: 'mer_1', ...change });
}

/** A message as Pub/Sub pushes it, with this payment's JSON. */
export function message(messageId: string, publishTime: string | undefined, data: string): string {
  return JSON.stringify({ message: { messageId, publishTime, data: Buffer.from(data).toString('base64') } });
}

/** A message published at this time of 1 March 2024, `hh:mm`, about a payment made at that time. */
export function at(time: string, messageId: string, transaction_id: string, change: Readonly<Record<string, unknown>> = {}): string {
  const instant = `2024-03-01T${time}:00Z`;
  return message(messageId, instant, payment(transaction_id, { event_time: instant, ...change }));
}

/** Writes lines, each ended; returns the path. */
export function writeLines(directory: string, name: string, lines: readonly string[]): string {
  const path = join(directory, name);
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}
