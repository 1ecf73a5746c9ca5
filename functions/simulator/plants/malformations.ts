/** One way of being malformed: what it makes of a good payment. Each is rejected. */
export type Malformation = (text: string) => string | Uint8Array;

/** The payment with some fields replaced; `undefined` takes a field away. */
function having(fields: Readonly<Record<string, unknown>>): (text: string) => string {
  return (text) => JSON.stringify({ ...(JSON.parse(text) as object), ...fields });
}

/** The payment with another amount, in place of whatever way its producer writes amounts. */
function amounting(amount: unknown, more: Readonly<Record<string, unknown>> = {}): (text: string) => string {
  return having({ amount_minor: undefined, amount_exponent: undefined, amount, ...more });
}

/** The payment's text with something before its closing brace. */
function ending(more: string): Malformation {
  return (text) => `${text.slice(0, -1)},${more}}`;
}

/** Above the greatest amount that is accepted, 10^15 minor units. A plant of its own: such money drowns every total of a report. */
export const amountTooLarge: Malformation = amounting('10000000000000.01', { currency: 'EUR' });

export const MALFORMATIONS: Readonly<Record<string, Malformation>> = {
  amount_as_number: amounting(10.5, { currency: 'EUR' }),
  amount_negative: amounting('-5.00', { currency: 'EUR' }),
  amount_too_precise: amounting('10.505', { currency: 'EUR' }),
  amount_with_cents_in_yen: amounting('1050.5', { currency: 'JPY' }),
  amount_grouped: amounting('1,050.00', { currency: 'EUR' }),
  amount_in_scientific_notation: amounting('1e3', { currency: 'EUR' }),
  amount_with_leading_zero: amounting('010.50', { currency: 'EUR' }),
  amount_null: amounting(null),
  amount_missing: amounting(undefined),
  amounts_disagree: having({ amount: '10.50', amount_minor: 1051, amount_exponent: 2, currency: 'EUR' }),
  minor_without_exponent: having({ amount: undefined, amount_minor: 1050, amount_exponent: undefined }),
  minor_with_wrong_exponent: having({ amount: undefined, amount_minor: 150_000, amount_exponent: 2, currency: 'ISK' }),
  minor_as_float: (text) => ending('"amount_minor":1050.0,"amount_exponent":2')(amounting(undefined, { currency: 'EUR' })(text)),
  currency_unknown: having({ currency: 'EUX' }),
  currency_gold: having({ currency: 'XAU' }),
  currency_withdrawn: having({ currency: 'HRK' }),
  customer_missing: having({ customer_id: undefined }),
  merchant_missing: having({ merchant_id: undefined }),
  id_missing: having({ transaction_id: undefined }),
  id_empty: having({ transaction_id: '' }),
  id_too_long: having({ transaction_id: 'x'.repeat(201) }),
  id_with_control_character: having({ transaction_id: 'tx\u0000-1' }),
  id_as_number: having({ transaction_id: 12_345 }),
  id_with_lone_surrogate: having({ transaction_id: 'tx-\ud800' }),
  duplicate_key: ending('"currency":"USD"'),
  event_time_without_offset: having({ event_time: '2024-02-27T10:15:00' }),
  event_time_impossible: having({ event_time: '2024-02-30T10:15:00Z' }),
  event_time_as_number: having({ event_time: 1_709_000_000 }),
  event_time_missing: having({ event_time: undefined }),
  kind_authorization: having({ kind: 'authorization' }),
  kind_unknown: having({ kind: 'tip' }),
  payload_too_large: having({ notes: 'payload '.repeat(8_500) }),
  nested_too_deep: ending(`"nested":${'{"a":'.repeat(9)}1${'}'.repeat(9)}`),
  metadata_with_too_many_keys: having({ metadata: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, 'v'])) }),
  metadata_value_too_long: having({ metadata: { note: 'long '.repeat(101) } }),
  not_an_object: (text) => `[${text}]`,
  cut_off: (text) => text.slice(0, Math.floor(text.length * 0.7)),
  two_objects: (text) => `${text}${text}`,
  empty: () => '',
  not_utf8: (text) => Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from(',"store":"Caf'), Buffer.from([0xe9]), Buffer.from('"}')]),
  compressed: () => Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xab, 0x56, 0x2a, 0x4a]),
};
