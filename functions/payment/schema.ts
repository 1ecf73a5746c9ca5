import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { KINDS } from './kind.ts';
import { METADATA, OPTIONAL_TEXTS, REQUIRED_IDS } from './schema-fields.ts';

/** The texts whose form the schema alone decides. Everything about money and time is decided by rules of its own, with the schema as a sketch. */
export const TEXT_SCHEMA = Type.Object({ ...REQUIRED_IDS, ...OPTIONAL_TEXTS, metadata: METADATA });

const TIME = '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$';

const STRICT_FIELDS = {
  schema_version: Type.Optional(Type.Unsafe<1 | null>({ enum: [1, null], description: 'Version of this format.', examples: [1] })),
  kind: Type.Optional(Type.Unsafe<string | null>({ enum: [...KINDS, null], default: 'payment', description: 'What the money movement is; it gives the amount its sign. Left out: payment.', examples: ['payment', 'refund'] })),
  amount: Type.Optional(Type.Unsafe<string | null>({
    type: ['string', 'null'],
    pattern: '^(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?$',
    description: 'Amount in major units as a decimal text, never negative, with no more digits than the currency has (zeros are fine). Or send amount_minor.',
    examples: ['10.50', '0', '1200'],
  })),
  amount_minor: Type.Optional(Type.Unsafe<number | null>({
    type: ['integer', 'null'], minimum: 0, maximum: 1e15, description: 'Amount in minor units, written as a plain integer. Needs amount_exponent.', examples: [1050],
  })),
  amount_exponent: Type.Optional(Type.Unsafe<number | null>({
    type: ['integer', 'null'], minimum: 0, maximum: 4, description: 'Digits of the minor unit that amount_minor counts in. Must be the currency\'s in ISO 4217.', examples: [2],
  })),
  currency: Type.Unsafe<string>({ type: 'string', pattern: '^[A-Z]{3}$', description: 'ISO 4217 code, valid on the day of event_time.', examples: ['EUR'] }),
  event_time: Type.Unsafe<string>({
    type: 'string', pattern: TIME, description: 'When the payment happened: RFC 3339 with an offset, 1970–2199. Digits beyond the microsecond are cut.', examples: ['2026-01-31T23:59:59.123+01:00'],
  }),
  captured_at: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], pattern: TIME, description: 'When it was captured, like event_time.', examples: ['2026-02-01T00:00:03Z'] })),
};

/** The payment, schema version 1. docs/payment.schema.json is printed from this. */
export const PAYMENT_SCHEMA = Type.Object({ ...REQUIRED_IDS, ...STRICT_FIELDS, ...OPTIONAL_TEXTS, metadata: METADATA }, {
  anyOf: [
    { required: ['amount'], properties: { amount: { type: 'string' } } },
    { required: ['amount_minor', 'amount_exponent'], properties: { amount_minor: { type: 'integer' }, amount_exponent: { type: 'integer' } } },
  ],
  if: { required: ['amount_minor'], properties: { amount_minor: { type: 'integer' } } },
  then: { required: ['amount_exponent'], properties: { amount_exponent: { type: 'integer' } } },
  additionalProperties: true,
});

const KNOWN: ReadonlySet<string> = new Set(Object.keys(PAYMENT_SCHEMA.properties));

/** Names of fields that the schema doesn't know. They are kept in the payload and never a reason to lose a payment. */
export function unknownFieldsOf(payment: Readonly<Record<string, unknown>>): string[] {
  const unknown: string[] = [];
  for (const name in payment) if (!KNOWN.has(name)) unknown.push(name);
  return unknown;
}

const textValidator = Compile(TEXT_SCHEMA);

/** True where every text field and metadata fit the schema. explainTexts (shape-faults.ts) says what is wrong otherwise. */
export function textsFit(payment: unknown): boolean {
  return textValidator.Check(payment);
}

const idValidator = Compile(REQUIRED_IDS.transaction_id);

/** True for a good transaction_id. */
export function isReadableId(value: unknown): value is string {
  return idValidator.Check(value);
}

/** The schema as producers get it: JSON Schema 2020-12. */
export function paymentJsonSchema(): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Payment',
    description: 'One money movement, schema version 1. Fields beyond these are kept and reported. An optional field that is null is taken as left out.',
    ...(JSON.parse(JSON.stringify(PAYMENT_SCHEMA)) as Record<string, unknown>),
    examples: [EXAMPLE_PAYMENT],
  };
}

/** A good payment, as shown to producers. */
export const EXAMPLE_PAYMENT = {
  schema_version: 1,
  transaction_id: 'shop-7/2026-000123',
  event_time: '2026-01-31T23:59:59.123+01:00',
  kind: 'payment',
  amount: '10.50',
  currency: 'EUR',
  customer_id: 'cus_81',
  merchant_id: 'mer_3',
  payment_method: 'card',
  country: 'DE',
  card_country: 'DE',
  card_last4: '1111',
  merchant_reference: 'order-991',
  metadata: { basket: 'b-17' },
};
