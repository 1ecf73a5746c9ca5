import { MICROS_PER_HOUR, MICROS_PER_SECOND, type Micros } from './payment/time.ts';

/** Settings in force. Durations are microseconds; on the command line and in `payments.config.json` they are written `90s`, `5m`, `1h`, `7d`. */
export interface Settings {
  /** W: a payment whose event_time is older than now − W is late. */
  readonly watermark: Micros;
  /** Kept beyond the watermark by a claim, so that claim and watermark can't disagree at the edge. */
  readonly claim_slack: Micros;
  /** How long a duplicate waits for its owner before it may be posted itself. */
  readonly orphan_grace: Micros;
  /** How far ahead of our clock a time may lie before it is flagged `clock_skew`. */
  readonly clock_skew_tolerance: Micros;
  /** A message in the archive, in no line, older than this is missing. */
  readonly missing_after: Micros;
  /** Age from which an open conflict or reject is an error, no longer a warning. */
  readonly warning_age: Micros;
  /** What makes a payment the same payment. */
  readonly identity_scope: 'transaction_id' | 'producer+transaction_id';
  /** The producer that this input is bound to; needed by `producer+transaction_id`. */
  readonly producer: string | null;
}

export const DEFAULT_SETTINGS: Settings = {
  watermark: MICROS_PER_HOUR,
  claim_slack: MICROS_PER_HOUR,
  orphan_grace: 24 * MICROS_PER_HOUR,
  clock_skew_tolerance: 300 * MICROS_PER_SECOND,
  missing_after: MICROS_PER_HOUR,
  warning_age: 7 * 24 * MICROS_PER_HOUR,
  identity_scope: 'transaction_id',
  producer: null,
};
