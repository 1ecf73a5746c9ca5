import { Type, type TSchema } from 'typebox';
import { MAX_ID_LENGTH, MAX_METADATA_KEYS, MAX_METADATA_VALUE_LENGTH } from '../limits.ts';

/** No control characters (C0, DEL, C1), no line or paragraph separators: they would break files, logs and eyes. */
export const PRINTABLE = '^[^\\u0000-\\u001F\\u007F-\\u009F\\u2028\\u2029]*$';

/** An id: what identifies something, kept exactly as sent. */
function id(description: string, example: string): TSchema {
  return Type.String({ minLength: 1, maxLength: MAX_ID_LENGTH, pattern: PRINTABLE, description, examples: [example] });
}

function optionalId(description: string, example: string): TSchema {
  return Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], minLength: 1, maxLength: MAX_ID_LENGTH, pattern: PRINTABLE, description, examples: [example] }));
}

/** A text that describes: anything printable, empty too. */
function text(description: string, example: string, maxLength = MAX_ID_LENGTH): TSchema {
  return Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength, pattern: PRINTABLE, description, examples: [example] }));
}

/** A text of a fixed form, or empty. */
function formed(pattern: string, description: string, example: string): TSchema {
  return Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], pattern: `^(${pattern})?$`, description, examples: [example] }));
}

export const REQUIRED_IDS = {
  transaction_id: id('Made by the producer, once for each money movement, unique over all producers (so: prefix yours). A retry repeats it; a refund has its own.', 'shop-7/2026-000123'),
  customer_id: id('Your id of the customer. Never an e-mail address, a phone number or a name.', 'cus_81'),
  merchant_id: id('Your id of the merchant.', 'mer_3'),
};

export const OPTIONAL_TEXTS = {
  original_transaction_id: optionalId('The payment that a refund, chargeback or reversal refers to. Without it the payment is flagged.', 'shop-7/2026-000045'),
  payment_method: text('card, wallet, direct_debit, bank_transfer …', 'card'),
  payment_method_brand: text('Network or scheme.', 'visa'),
  funding: text('credit, debit or prepaid.', 'debit'),
  country: formed('[A-Za-z]{2}', 'Country of the payment, ISO 3166-1 alpha-2.', 'DE'),
  card_country: formed('[A-Za-z]{2}', 'Country that issued the card, ISO 3166-1 alpha-2.', 'DE'),
  region: text('Region of the payment, in your words.', 'eu-central'),
  device_id: text('Device that the customer paid with.', 'dev-55'),
  ip_address: text('Address that the customer paid from, IPv4 or IPv6.', '192.0.2.10', 64),
  producer: text('Name of the system that published the payment. Never used to tell payments apart.', 'checkout'),
  psp_reference: text('Reference of the payment service provider.', '8835000000001'),
  merchant_reference: text('Order number or the like.', 'order-991'),
  capture_id: text('Id of the capture.', 'cap_1'),
  acquirer_reference: text('Acquirer reference number (ARN).', '74537604221000000000001'),
  auth_code: text('Authorisation code.', '09F3A1'),
  dispute_id: text('Id of the dispute behind a chargeback.', 'dp_1'),
  dispute_reason_code: text('The network\'s reason code.', '10.4'),
  settlement_batch: text('Batch that settles the payment.', '2026-01-31/2'),
  end_to_end_id: text('ISO 20022 EndToEndId. Not unique: many send NOTPROVIDED.', 'E2E-1'),
  legal_entity: text('Company whose books it belongs in.', 'DE01'),
  merchant_account: text('Account at the payment service provider.', 'shop-eu'),
  store: text('Store or branch.', 'Berlin 3'),
  terminal_id: text('Terminal.', 'T-0042'),
  channel: text('ecommerce, pos, moto …', 'ecommerce'),
  mcc: formed('[0-9]{4}', 'Merchant category code, ISO 18245.', '5411'),
  control_sequence: text('The producer\'s manifest that counts this payment.', '2026-01-31-17'),
  card_bin: formed('[0-9]{1,8}', 'First digits of the card number, at most 8. Never more.', '41111111'),
  card_last4: formed('[0-9]{4}', 'Last four digits of the card number.', '1111'),
  card_token: text('A token that is worthless without its vault.', 'tok_1'),
  iban_last4: formed('[0-9A-Za-z]{4}', 'Last four characters of the IBAN. Never more.', '3000'),
};

export const METADATA = Type.Optional(Type.Unsafe<Record<string, string | number | boolean | null> | null>({
  type: ['object', 'null'],
  maxProperties: MAX_METADATA_KEYS,
  additionalProperties: { type: ['string', 'number', 'boolean', 'null'], maxLength: MAX_METADATA_VALUE_LENGTH },
  description: `Anything else about the payment: at most ${MAX_METADATA_KEYS} keys, texts of at most ${MAX_METADATA_VALUE_LENGTH} characters. Never card data.`,
  examples: [{ basket: 'b-17', items: 3 }],
}));
