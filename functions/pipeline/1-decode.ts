import { decodePayment, type DecodeRules } from '../payment/decode-payment.ts';
import type { Fault } from '../payment/fault.ts';
import type { Payment } from '../payment/payment.ts';
import type { Message } from './message.ts';

/** A message with what its data turned out to be: a payment, or every fault named. */
export type Decoded = {
  readonly message: Message;
  readonly payload: string | null;
} & (
  | { readonly payment: Payment; readonly faults: readonly []; readonly readable_transaction_id: null }
  | { readonly payment: null; readonly faults: readonly Fault[]; readonly readable_transaction_id: string | null }
);

const NO_FAULTS = [] as const;

/** Step 1: bytes → a validated payment, or *rejected* with every fault named. Pure. */
export function decode(message: Message, rules: DecodeRules): Decoded {
  if (message.fault) return { message, payment: null, faults: [message.fault], readable_transaction_id: null, payload: null };
  const decoded = decodePayment(message.data, rules);
  if (decoded.payment) return { message, payment: decoded.payment, faults: NO_FAULTS, readable_transaction_id: null, payload: decoded.payment.payload };
  const { faults, readable_transaction_id, payload } = decoded;
  return { message, payment: null, faults, readable_transaction_id, payload };
}
