import { MAX_FAULTS_PER_MESSAGE } from '../limits.ts';
import { maskCardData, maskRawText, maskRejected } from './card-data.ts';
import { checkAmount } from './check-amount.ts';
import { checkCurrency } from './check-currency.ts';
import { checkKind } from './check-kind.ts';
import { checkCapturedAt, checkEventTime } from './check-time.ts';
import { explainTexts } from './explain-texts.ts';
import type { Fault } from './fault.ts';
import { fingerprintOf } from './fingerprint.ts';
import { describe, fault, printable } from './found.ts';
import { identityOf, type IdentityRules } from './identity.ts';
import { readJsonObject, type JsonObject } from './json-text.ts';
import { SIGN_OF_KIND } from './kind.ts';
import type { Payment } from './payment.ts';
import { isReadableId, textsFit, unknownFieldsOf } from './schema.ts';

/** What decoding depends on besides the bytes. */
export type DecodeRules = IdentityRules;

/** A payment; or everything that is wrong with it, with what a person needs to find it. */
export type DecodedPayment =
  | { readonly payment: Payment; readonly faults: null }
  | {
    readonly payment: null;
    /** At least one, at most MAX_FAULTS_PER_MESSAGE. */
    readonly faults: readonly Fault[];
    /** The transaction_id, where it stands once in readable JSON and is a good id. */
    readonly readable_transaction_id: string | null;
    /** The text, card data masked; null where the bytes are no text or too many. */
    readonly payload: string | null;
  };

/**
 * The door: bytes of a message → a validated payment, or every fault in it, named. Pure; nothing behind it sees raw JSON.
 * @throws where the rules need a producer and have none
 */
export function decodePayment(data: Uint8Array, rules: DecodeRules): DecodedPayment {
  const json = readJsonObject(data);
  if (json.object === null || json.text === null) {
    return { payment: null, faults: json.faults, readable_transaction_id: null, payload: json.text === null ? null : maskRawText(json.text) };
  }
  const faults = [...json.faults];
  const payment = decodeObject(json.object, json.text, rules, faults);
  if (payment !== null) return { payment, faults: null };
  return {
    payment: null,
    faults: faults.slice(0, MAX_FAULTS_PER_MESSAGE),
    readable_transaction_id: readableId(json.object, faults),
    payload: maskRejected(json.object, json.text),
  };
}

/** All checks on a JSON object, one after the other, whatever the earlier ones found. Null where there is any fault. */
function decodeObject(object: JsonObject, text: string, rules: DecodeRules, faults: Fault[]): Payment | null {
  if (!textsFit(object)) faults.push(...explainTexts(object));
  checkSchemaVersion(object.schema_version, faults);
  const time = checkEventTime(object.event_time, faults);
  checkCapturedAt(object.captured_at, faults);
  const kind = checkKind(object.kind, faults);
  const currency = checkCurrency(object.currency, time === null ? null : (object.event_time as string).slice(0, 10), faults);
  const amountMinor = checkAmount(object, text, currency, faults);
  if (faults.length > 0 || time === null || kind === null || currency === null || amountMinor === null) return null;

  const moneyFacts = {
    transaction_id: object.transaction_id as string,
    kind,
    amount_minor: amountMinor,
    currency: currency.code,
    customer_id: object.customer_id as string,
    merchant_id: object.merchant_id as string,
    original_transaction_id: textOrNull(object.original_transaction_id),
  };
  const unknownFields = unknownFieldsOf(object);
  const masked = maskCardData(object, unknownFields, text);
  // Each field by its name: an object that is spread and then added to takes twice the memory, for every message of a batch.
  return {
    transaction_id: moneyFacts.transaction_id,
    kind,
    amount_minor: amountMinor,
    effect_minor: amountMinor * SIGN_OF_KIND[kind],
    exponent: currency.exponent,
    currency: currency.code,
    customer_id: moneyFacts.customer_id,
    merchant_id: moneyFacts.merchant_id,
    original_transaction_id: moneyFacts.original_transaction_id,
    event_time: time.micros,
    event_time_offset: time.offset,
    payment_method: textOrNull(object.payment_method),
    country: textOrNull(object.country),
    region: textOrNull(object.region),
    device_id: textOrNull(object.device_id),
    ip_address: textOrNull(object.ip_address),
    producer: textOrNull(object.producer),
    card_country: textOrNull(object.card_country),
    identity: identityOf(moneyFacts.transaction_id, rules),
    fingerprint: fingerprintOf(moneyFacts),
    payload: masked.text,
    unknown_fields: masked.findings.length === 0 ? unknownFields : unknownFields.map(printable),
    card_data: masked.findings,
  };
}

/** An optional text; empty is as good as left out. */
function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function checkSchemaVersion(value: unknown, faults: Fault[]): void {
  if (value !== undefined && value !== null && value !== 1) faults.push(fault('schema_version_unknown', 'schema_version', describe(value)));
}

function readableId(object: JsonObject, faults: readonly Fault[]): string | null {
  const id = object.transaction_id;
  const blurred = faults.some(({ code, field }) => field === 'transaction_id' && (code === 'duplicate_key' || code === 'lone_surrogate'));
  return !blurred && isReadableId(id) ? id : null;
}
