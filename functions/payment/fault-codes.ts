/**
 * Every fault that a payment can have: what it means and what to send instead, in the order in which they are looked for.
 * docs/payment-format.md has the same list. Where the fix depends on what was found, the fault itself says more.
 */
export const FAULT_CODES = {
  payload_too_large: { means: 'The JSON is larger than 64 KiB.', fix: 'Send one payment per message, and attach documents elsewhere.' },
  too_deep: { means: 'Objects and lists are nested more than 8 deep.', fix: 'Flatten the payment.' },
  not_utf8: { means: 'The bytes are not UTF-8.', fix: 'Encode the JSON in UTF-8.' },
  not_json: { means: 'The text is not one JSON value.', fix: 'Send one complete JSON object (RFC 8259).' },
  not_an_object: { means: 'The JSON is a list, a string, a number or a literal.', fix: 'Send one JSON object per message, one payment in it.' },
  duplicate_key: { means: 'A key stands twice in one object; readers disagree on which one counts.', fix: 'Send each key once.' },
  lone_surrogate: { means: 'A text has half of a UTF-16 pair (\\ud800–\\udfff) without the other; two ids would become one.', fix: 'Send whole characters.' },

  field_missing: { means: 'A required field is missing or null.', fix: 'Send the field.' },
  wrong_type: { means: 'The value has another JSON type than the field.', fix: 'Send the type that the format names.' },
  text_empty: { means: 'A text that identifies something is empty.', fix: 'Send at least one character.' },
  text_too_long: { means: 'A text is longer than its field allows.', fix: 'Send a shorter text.' },
  control_character: { means: 'A text has a control character or a line separator.', fix: 'Send printable characters only.' },
  text_format: { means: 'A text does not have the form of its field.', fix: 'Send the form that the format names.' },
  metadata_too_many_keys: { means: 'metadata has more than 20 keys.', fix: 'Send at most 20.' },
  metadata_nested: { means: 'A value in metadata is an object or a list.', fix: 'Send texts, numbers, true, false or null in metadata.' },
  schema_version_unknown: { means: 'schema_version is not 1.', fix: 'Send 1, or leave schema_version out.' },

  time_format: { means: 'A time is not RFC 3339, or names a day or hour that does not exist.', fix: 'Send e.g. 2026-01-31T23:59:59.123+01:00.' },
  time_without_offset: { means: 'A time has no offset from UTC.', fix: 'Add the offset: Z or e.g. +01:00.' },
  time_out_of_range: { means: 'A time lies before 1970 or after 2199.', fix: 'Send the time at which the payment happened.' },

  kind_unknown: { means: 'The kind is none of ours.', fix: 'Send payment, refund, refund_reversal, chargeback, chargeback_reversal, second_chargeback, fee or payout.' },
  kind_moves_no_money: { means: 'The kind names a step that moves no money, such as an authorisation.', fix: 'Publish a payment when the money moves: at capture.' },

  currency_unknown: { means: 'The currency is no ISO 4217 code in upper case.', fix: 'Send the three letters, e.g. EUR.' },
  currency_without_exponent: { means: 'ISO 4217 gives the code no minor unit (metals, baskets, tests), so an amount has no exact form.', fix: 'Send the amount in a currency.' },
  currency_withdrawn: { means: 'The currency had ended on the day of event_time.', fix: 'Send the currency that replaced it.' },
  currency_not_yet_valid: { means: 'The currency did not exist yet on the day of event_time.', fix: 'Send the currency of that day.' },

  amount_missing: { means: 'There is neither amount nor amount_minor.', fix: 'Send amount, e.g. "10.50", or amount_minor with amount_exponent.' },
  amount_is_a_number: { means: 'amount is a JSON number. Most readers make a float of it, and a float has no cents.', fix: 'Send it as text, in quotes.' },
  amount_not_decimal: { means: 'amount is not a plain decimal.', fix: 'Send digits with at most one point, e.g. "1234.50".' },
  amount_negative: { means: 'The amount is negative. The sign comes from kind.', fix: 'Send it without the sign; a refund is kind refund.' },
  amount_too_precise: { means: 'The amount has digits below the currency\'s minor unit.', fix: 'Round it where it arises, and send what moved.' },
  amount_too_large: { means: 'The amount is over 10^15 minor units.', fix: 'Check the unit; split the payment if it is real.' },
  amount_minor_not_integer: { means: 'amount_minor is not a plain JSON integer.', fix: 'Send digits only, without quotes, point or exponent: 1050.' },
  amount_exponent_missing: { means: 'amount_minor comes without amount_exponent.', fix: 'Send the number of digits of the minor unit that amount_minor counts in.' },
  amount_exponent_not_integer: { means: 'amount_exponent is not a plain JSON integer.', fix: 'Send one digit without quotes, e.g. 2.' },
  amount_exponent_mismatch: { means: 'amount_exponent is not the currency\'s exponent in ISO 4217.', fix: 'Convert to ISO 4217\'s minor unit, or send amount.' },
  amounts_disagree: { means: 'amount and amount_minor are different amounts.', fix: 'Send one of the two.' },
} as const;

export type FaultCode = keyof typeof FAULT_CODES;
