import { formatMicros, type Micros } from '../../functions/payment/time.ts';
import { decimalText } from '../../functions/simulator/money-text.ts';
import type { ExpectedRow } from './sent.ts';

/** Customer and merchant of every payment of the smoke test. */
export const SMOKE_PARTY = 'smoke';

/** Digits of the minor unit, written down again: a judge that borrowed the product's table would agree with its mistakes. */
export const EXPONENTS = { EUR: 2, JPY: 0, BHD: 3 } as const;
export type SmokeCurrency = keyof typeof EXPONENTS;

/** The payment of an expected row as a producer would publish it. Dinars are written in minor units, the others as decimals. */
export function paymentJson(row: ExpectedRow & { readonly currency: SmokeCurrency }, event_time: Micros): Readonly<Record<string, unknown>> {
  const exponent = EXPONENTS[row.currency];
  const amount = row.currency === 'BHD' ? { amount_minor: Number(row.amount_minor), amount_exponent: exponent } : { amount: decimalText(row.amount_minor, exponent) };
  return {
    transaction_id: row.transaction_id,
    event_time: formatMicros(event_time),
    kind: row.kind,
    ...amount,
    currency: row.currency,
    customer_id: SMOKE_PARTY,
    merchant_id: SMOKE_PARTY,
    ...(row.original_transaction_id === null ? {} : { original_transaction_id: row.original_transaction_id }),
    producer: SMOKE_PARTY,
  };
}

/** The same payment as another program would write it: keys the other way round, with white space. */
export function inOtherOrder(payment: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(payment).reverse()), null, 1);
}
