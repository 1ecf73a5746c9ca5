import type { Payment } from './payment.ts';
import { sha256 } from './sha256.ts';

export const FINGERPRINT_VERSION = 'v1';

export type MoneyFacts = Pick<Payment, 'transaction_id' | 'kind' | 'amount_minor' | 'currency' | 'customer_id' | 'merchant_id' | 'original_transaction_id'>;

/** The money facts as the one text that fingerprint v1 hashes: a JSON array of strings, the last one null where there is no original. */
export function canonicalMoneyFacts(facts: MoneyFacts): string {
  return JSON.stringify([
    FINGERPRINT_VERSION,
    facts.transaction_id,
    facts.kind,
    facts.amount_minor.toString(),
    facts.currency,
    facts.customer_id,
    facts.merchant_id,
    facts.original_transaction_id,
  ]);
}

/** Fingerprint v1, 32 bytes. Equal for copies that agree on the money facts; not event_time, producer, method or metadata. */
export function fingerprintOf(facts: MoneyFacts): Buffer {
  return sha256(canonicalMoneyFacts(facts));
}
