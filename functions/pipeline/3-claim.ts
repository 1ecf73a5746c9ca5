import type { Settings } from '../config.ts';
import { MICROS_PER_DAY } from '../payment/time.ts';
import type { Payment } from '../payment/payment.ts';
import type { ClaimRequest, ClaimResult, Claims } from '../ports.ts';
import type { Message } from './message.ts';

/** How far into the future an event_time may push a claim's end. Prevents a wrong clock from keeping claims for years. */
const CLAIM_FUTURE = MICROS_PER_DAY;

/** Step 3: create-if-absent, for all payments of a batch that are on time. Results come in the order of the payments. */
export async function claim(wanted: readonly { readonly message: Message; readonly payment: Payment }[], claims: Claims, settings: Settings): Promise<ClaimResult[]> {
  if (wanted.length === 0) return [];
  return claims.claim(wanted.map(({ message, payment }) => requestFor(message, payment, settings)));
}

function requestFor(message: Message, payment: Payment, settings: Settings): ClaimRequest {
  const now = message.received_at;
  return {
    identity: payment.identity,
    owner: message.redrive_of ?? message.message_id,
    owner_data_sha256: message.data_sha256,
    fingerprint: payment.fingerprint,
    claimed_at: now,
    // A claim must outlive the watermark of its payment: by then every copy is late.
    expires_at: Math.min(Math.max(payment.event_time, now), now + CLAIM_FUTURE) + settings.watermark + settings.claim_slack,
  };
}
