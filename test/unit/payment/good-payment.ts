import { decodePayment, type DecodedPayment, type DecodeRules } from '../../../functions/payment/decode-payment.ts';
import type { Payment } from '../../../functions/payment/payment.ts';

export const RULES: DecodeRules = { identity_scope: 'transaction_id', producer: null };

/** The smallest good payment; tests change one thing at a time. */
export const GOOD = {
  transaction_id: 'shop-7/2026-000123',
  event_time: '2026-01-31T23:59:59.123+01:00',
  amount: '10.50',
  currency: 'EUR',
  customer_id: 'cus_81',
  merchant_id: 'mer_3',
};

/** Decodes a JSON text, bytes, or the good payment with some fields changed (undefined leaves one out). */
export function decode(what: string | Uint8Array | Record<string, unknown>): DecodedPayment {
  if (what instanceof Uint8Array) return decodePayment(what, RULES);
  return decodePayment(Buffer.from(typeof what === 'string' ? what : JSON.stringify({ ...GOOD, ...what })), RULES);
}

/** Decodes what must be good. */
export function decodeGood(what: string | Uint8Array | Record<string, unknown>): Payment {
  const decoded = decode(what);
  if (decoded.payment === null) throw new Error(`rejected: ${JSON.stringify(decoded.faults)}`);
  return decoded.payment;
}

/** The codes and fields of what is wrong, as `code field`; empty for a good payment. */
export function faultsOf(what: string | Uint8Array | Record<string, unknown>): string[] {
  return (decode(what).faults ?? []).map(({ code, field }) => `${code} ${field}`.trim());
}
