/**
 * What a money movement is, and the sign with which it enters the books. Chargebacks can come twice for one payment
 * (second presentment), so the second has a kind of its own.
 */
export const SIGN_OF_KIND = {
  payment: 1n,
  refund: -1n,
  refund_reversal: 1n,
  chargeback: -1n,
  chargeback_reversal: 1n,
  second_chargeback: -1n,
  fee: -1n,
  payout: -1n,
} as const;

export type Kind = keyof typeof SIGN_OF_KIND;
export const KINDS = Object.keys(SIGN_OF_KIND) as Kind[];
