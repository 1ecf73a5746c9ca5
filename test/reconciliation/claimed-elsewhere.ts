import { createHash } from 'node:crypto';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { decodePayment } from '../../functions/payment/decode-payment.ts';
import type { PaymentFields } from './published.ts';
import type { TrialStore } from './trial-store.ts';

/** Puts the claim of a message that never came into the store's claims. */
export async function claimFor(store: TrialStore, owner: string, fields: PaymentFields, claimed_at: number): Promise<void> {
  const data = Buffer.from(JSON.stringify(fields));
  const { payment } = decodePayment(data, DEFAULT_SETTINGS);
  if (!payment) throw new Error('no valid payment');
  const [claimed] = await store.directory.claims.claim([
    { identity: payment.identity, owner, owner_data_sha256: createHash('sha256').update(data).digest(), fingerprint: payment.fingerprint, claimed_at, expires_at: claimed_at + DEFAULT_SETTINGS.watermark + DEFAULT_SETTINGS.claim_slack },
  ]);
  if (claimed.result !== 'claimed') throw new Error(`claimed by ${claimed.owner} already`);
}
