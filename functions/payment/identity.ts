import { sha256 } from './sha256.ts';

/** What makes a payment the same payment, and the producer that configuration binds to the input (never read from the body). */
export interface IdentityRules {
  readonly identity_scope: 'transaction_id' | 'producer+transaction_id';
  readonly producer: string | null;
}

/**
 * SHA-256 of a payment's identity, 32 bytes: of the transaction_id's UTF-8, or of the JSON array [producer, transaction_id], which no
 * other pair writes the same way.
 * @throws where the scope needs a producer and none is bound.
 */
export function identityOf(transactionId: string, rules: IdentityRules): Buffer {
  if (rules.identity_scope === 'transaction_id') return sha256(transactionId);
  if (rules.producer === null) throw new Error('identity_scope producer+transaction_id needs a producer: bind one to this input.');
  return sha256(JSON.stringify([rules.producer, transactionId]));
}
