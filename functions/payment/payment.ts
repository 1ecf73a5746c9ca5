import type { CardDataFinding } from './card-data.ts';
import type { Kind } from './kind.ts';
import type { Micros } from './time.ts';

/**
 * One money movement as a producer published it, validated. Everything behind the door (`decodePayment`) sees this and
 * never the raw JSON again.
 */
export interface Payment {
  readonly transaction_id: string;
  readonly kind: Kind;
  /** ≥ 0, in the currency's ISO 4217 minor units. */
  readonly amount_minor: bigint;
  /** `amount_minor` signed by kind: what the payment does to the books. */
  readonly effect_minor: bigint;
  /** The currency's ISO 4217 exponent: 2 for EUR, 0 for JPY, 3 for BHD. */
  readonly exponent: number;
  readonly currency: string;
  readonly event_time: Micros;
  /** As published, e.g. `+02:00` or `Z`. */
  readonly event_time_offset: string;
  readonly customer_id: string;
  readonly merchant_id: string;
  readonly original_transaction_id: string | null;
  readonly payment_method: string | null;
  readonly country: string | null;
  readonly region: string | null;
  readonly device_id: string | null;
  readonly ip_address: string | null;
  readonly producer: string | null;
  readonly card_country: string | null;
  /** SHA-256 of the identity, 32 bytes; its first 16 are the `identity_key` of journal and ledger. */
  readonly identity: Buffer;
  /** Fingerprint v1, 32 bytes: equal for copies that agree on the money facts. */
  readonly fingerprint: Buffer;
  /** The JSON text as published, or with card data masked where some was found. */
  readonly payload: string;
  /** Names of fields that the schema doesn't know; kept in the payload. */
  readonly unknown_fields: readonly string[];
  /** Where card data was found (and masked in `payload`). Empty for nearly all payments. */
  readonly card_data: readonly CardDataFinding[];
}
