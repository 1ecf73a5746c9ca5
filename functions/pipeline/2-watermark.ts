import type { Settings } from '../config.ts';
import type { Payment } from '../payment/payment.ts';
import type { Message } from './message.ts';

/** Where a payment's time lies, seen from our clock. */
export interface TimeJudgement {
  /** Older than now − W: claims that old may be gone, so an absent one would prove nothing. */
  readonly late: boolean;
  /** Further ahead of now than is allowed: handled like any other, but flagged. */
  readonly clock_skew: boolean;
}

/** Step 2: is the payment on time by our clock (never by the publish time)? Pure. */
export function judgeTime(payment: Payment, message: Message, settings: Settings): TimeJudgement {
  const now = message.received_at;
  return {
    late: payment.event_time < now - settings.watermark,
    clock_skew: message.clock_skew || payment.event_time > now + settings.clock_skew_tolerance,
  };
}
