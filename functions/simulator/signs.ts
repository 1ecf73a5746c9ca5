import type { Kind } from '../payment/kind.ts';

/** The sign of each kind in the books, written down again: a judge that borrowed the product's table would agree with its mistakes. */
export const SIGNS: Readonly<Record<Kind, 1n | -1n>> = {
  payment: 1n,
  refund: -1n,
  refund_reversal: 1n,
  chargeback: -1n,
  chargeback_reversal: 1n,
  second_chargeback: -1n,
  fee: -1n,
  payout: -1n,
};
