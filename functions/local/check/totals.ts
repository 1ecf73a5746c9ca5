import { formatMinor } from '../../payment/money.ts';
import type { Payment } from '../../payment/payment.ts';
import { formatMicros, type Micros } from '../../payment/time.ts';

/** Count and money of the payments of one currency and kind. */
export interface Total {
  readonly currency: string;
  readonly kind: string;
  readonly payments: number;
  /** Sum of the amounts, ≥ 0, in major units as decimal text. */
  readonly amount: string;
}

export interface Totals {
  add(payment: Payment): void;
  /** By currency, then kind. */
  totals(): Total[];
  /** First and last event_time, RFC 3339 in UTC; null where there was no payment. */
  span(): { readonly first: string; readonly last: string } | null;
}

/** Adds payments up, exactly. */
export function totalsOfPayments(): Totals {
  const sums = new Map<string, { payment: Payment; payments: number; minor: bigint }>();
  let first: Micros = Infinity;
  let last: Micros = -Infinity;
  return {
    add(payment) {
      const key = `${payment.currency} ${payment.kind}`;
      const sum = sums.get(key);
      if (sum) {
        sum.payments += 1;
        sum.minor += payment.amount_minor;
      } else sums.set(key, { payment, payments: 1, minor: payment.amount_minor });
      if (payment.event_time < first) first = payment.event_time;
      if (payment.event_time > last) last = payment.event_time;
    },
    totals: () =>
      [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, { payment, payments, minor }]) => (
        { currency: payment.currency, kind: payment.kind, payments, amount: formatMinor(minor, payment.exponent) })),
    span: () => (first === Infinity ? null : { first: formatMicros(first), last: formatMicros(last) }),
  };
}
