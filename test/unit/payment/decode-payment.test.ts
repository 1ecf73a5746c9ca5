import { describe, expect, test } from 'vitest';
import { MAX_FAULTS_PER_MESSAGE, MAX_FOUND_LENGTH } from '../../../functions/limits.ts';
import { KINDS } from '../../../functions/payment/kind.ts';
import { decode, decodeGood, faultsOf, GOOD } from './good-payment.ts';

describe('a good payment', () => {
  test('is read field by field', () => {
    const payment = decodeGood({
      kind: 'refund', original_transaction_id: 'shop-7/2026-000045', payment_method: 'card', country: 'de', region: '', device_id: null, ip_address: '192.0.2.10',
      producer: 'checkout', card_country: 'FR', metadata: { basket: 'b', items: 3, gift: true, none: null }, captured_at: '2026-02-01T00:00:03Z', schema_version: 1, extra: [1],
    });
    expect(payment).toMatchObject({
      transaction_id: 'shop-7/2026-000123', kind: 'refund', amount_minor: 1050n, effect_minor: -1050n, exponent: 2, currency: 'EUR',
      event_time: Date.parse('2026-01-31T22:59:59.123Z') * 1000, event_time_offset: '+01:00', customer_id: 'cus_81', merchant_id: 'mer_3',
      original_transaction_id: 'shop-7/2026-000045', payment_method: 'card', country: 'de', region: null, device_id: null, ip_address: '192.0.2.10',
      producer: 'checkout', card_country: 'FR', unknown_fields: ['extra'], card_data: [],
    });
  });

  test('is kept as published', () => {
    const text = ` ${JSON.stringify(GOOD, null, 3)}\r\n`;
    expect(decodeGood(text).payload).toBe(text);
    expect(decodeGood(`\ufeff${text}`).payload).toBe(text);
  });

  const signs = { payment: 1n, refund: -1n, refund_reversal: 1n, chargeback: -1n, chargeback_reversal: 1n, second_chargeback: -1n, fee: -1n, payout: -1n };
  test.each(KINDS)('%s has its sign', (kind) => expect(decodeGood({ kind }).effect_minor).toBe(signs[kind] * 1050n));

  test.each([
    [{ kind: null }], [{ amount: '0' }], [{ amount: '0.00' }], [{ amount: '10000000000000.00' }], [{ amount: '1200', currency: 'JPY' }], [{ amount: '1.234', currency: 'BHD' }],
    [{ amount: null, amount_minor: 1050, amount_exponent: 2 }], [{ amount_minor: 1050, amount_exponent: 2 }], [{ amount_exponent: 2 }], [{ amount_minor: null, amount_exponent: null }],
    [{ amount: undefined, amount_minor: 0, amount_exponent: 0, currency: 'CLP' }], [{ amount: undefined, amount_minor: 1_000_000_000_000_000, amount_exponent: 2 }],
    [{ currency: 'HRK', event_time: '2022-12-31T23:59:59+01:00' }], [{ currency: 'HRK', event_time: '2022-12-31T23:59:59-05:00' }], [{ currency: 'XCG', event_time: '2025-03-31T00:00:00-04:00' }],
    [{ transaction_id: '😀'.repeat(200) }], [{ transaction_id: ' ' }], [{ transaction_id: '../..' }], [{ original_transaction_id: null }], [{ metadata: null }], [{ metadata: {} }],
    [{ country: '' }], [{ mcc: '5411', card_bin: '41111111', card_last4: '1111', iban_last4: 'A000' }], [{ card_bin: '' }], [{ schema_version: null }],
    [{ metadata: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, 'x'.repeat(500)])) }], [{ anything: { nested: ['deep', { is: null }] } }],
  ])('%.80j', (fields) => expect(faultsOf(fields)).toEqual([]));

  test.each([
    ['{"amount_minor": 1050 ,"amount_exponent" :2,', 1050n],
    ['{"metadata":{"amount_minor":7,"amount_exponent":3},"amount_minor":1050,"amount_exponent":2,', 1050n],
    ['{"metadata":{"note":"\\"amount_minor\\":7"},"amount_minor":1050,"amount_exponent":2,', 1050n],
    ['{"amount\\u005fminor":1050,"amount_exponent":2,', 1050n],
  ])('amount_minor is read from its own place in %s…}', (start, minor) => {
    const { amount: _, ...rest } = GOOD;
    expect(decodeGood(start + JSON.stringify(rest).slice(1)).amount_minor).toBe(minor);
  });
});

describe('faults, one a line, in the order in which they are looked for', () => {
  test.each([
    // required texts
    [{ transaction_id: undefined }, 'field_missing transaction_id'],
    [{ transaction_id: null }, 'field_missing transaction_id'],
    [{ transaction_id: '' }, 'text_empty transaction_id'],
    [{ transaction_id: 17 }, 'wrong_type transaction_id'],
    [{ transaction_id: ['a'] }, 'wrong_type transaction_id'],
    [{ transaction_id: 'x'.repeat(201) }, 'text_too_long transaction_id'],
    [{ transaction_id: '😀'.repeat(201) }, 'text_too_long transaction_id'],
    [{ transaction_id: 'a\u0000b' }, 'control_character transaction_id'],
    [{ transaction_id: 'a\n' }, 'control_character transaction_id'],
    [{ transaction_id: 'a\u007f' }, 'control_character transaction_id'],
    [{ transaction_id: 'a\u0085' }, 'control_character transaction_id'],
    [{ transaction_id: 'a\u2028' }, 'control_character transaction_id'],
    [{ transaction_id: 'a\u2029' }, 'control_character transaction_id'],
    [{ customer_id: undefined }, 'field_missing customer_id'],
    [{ customer_id: 'a\tb' }, 'control_character customer_id'],
    [{ merchant_id: undefined }, 'field_missing merchant_id'],
    [{ merchant_id: '' }, 'text_empty merchant_id'],
    // optional texts
    [{ original_transaction_id: '' }, 'text_empty original_transaction_id'],
    [{ original_transaction_id: 5 }, 'wrong_type original_transaction_id'],
    [{ payment_method: true }, 'wrong_type payment_method'],
    [{ region: 'x'.repeat(201) }, 'text_too_long region'],
    [{ ip_address: 'x'.repeat(65) }, 'text_too_long ip_address'],
    [{ device_id: 'a\u0000' }, 'control_character device_id'],
    [{ country: 'DEU' }, 'text_format country'],
    [{ card_country: '1A' }, 'text_format card_country'],
    [{ mcc: '541' }, 'text_format mcc'],
    [{ mcc: 5411 }, 'wrong_type mcc'],
    [{ card_bin: '411111111' }, 'text_format card_bin'],
    [{ card_last4: '11111' }, 'text_format card_last4'],
    [{ iban_last4: 'DE89370400440532013000' }, 'text_format iban_last4'],
    // metadata
    [{ metadata: [] }, 'wrong_type metadata'],
    [{ metadata: 'x' }, 'wrong_type metadata'],
    [{ metadata: { a: { b: 1 } } }, 'metadata_nested metadata.a'],
    [{ metadata: { a: [] } }, 'metadata_nested metadata.a'],
    [{ metadata: { a: 'x'.repeat(501) } }, 'text_too_long metadata.a'],
    [{ metadata: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, 1])) }, 'metadata_too_many_keys metadata'],
    // version
    [{ schema_version: 2 }, 'schema_version_unknown schema_version'],
    [{ schema_version: '1' }, 'schema_version_unknown schema_version'],
    // times
    [{ event_time: undefined }, 'field_missing event_time'],
    [{ event_time: null }, 'field_missing event_time'],
    [{ event_time: 1769900399 }, 'wrong_type event_time'],
    [{ event_time: '' }, 'time_format event_time'],
    [{ event_time: 'yesterday' }, 'time_format event_time'],
    [{ event_time: '2026-01-31' }, 'time_format event_time'],
    [{ event_time: '31/01/2026 23:59:59' }, 'time_format event_time'],
    [{ event_time: '2026-01-31T23:59:59' }, 'time_without_offset event_time'],
    [{ event_time: '2026-01-31 23:59' }, 'time_without_offset event_time'],
    [{ event_time: '2026-02-30T23:59:59Z' }, 'time_format event_time'],
    [{ event_time: '2026-02-29T23:59:59Z' }, 'time_format event_time'],
    [{ event_time: '2026-01-31T25:00:00Z' }, 'time_format event_time'],
    [{ event_time: '1969-12-31T23:59:59Z' }, 'time_out_of_range event_time'],
    [{ event_time: '1970-01-01T00:30:00+01:00' }, 'time_out_of_range event_time'],
    [{ event_time: '2200-01-01T00:00:00Z' }, 'time_out_of_range event_time'],
    [{ event_time: '0001-01-01T00:00:00Z' }, 'time_out_of_range event_time'],
    [{ event_time: '1900-02-29T00:00:00Z' }, 'time_format event_time'],
    [{ captured_at: '2026-01-31T23:59:59' }, 'time_without_offset captured_at'],
    [{ captured_at: 5 }, 'wrong_type captured_at'],
    // kind
    [{ kind: 'sale' }, 'kind_unknown kind'],
    [{ kind: 'Payment' }, 'kind_unknown kind'],
    [{ kind: '' }, 'kind_unknown kind'],
    [{ kind: 'toString' }, 'kind_unknown kind'],
    [{ kind: '__proto__' }, 'kind_unknown kind'],
    [{ kind: 1 }, 'wrong_type kind'],
    [{ kind: 'authorization' }, 'kind_moves_no_money kind'],
    [{ kind: 'auth' }, 'kind_moves_no_money kind'],
    [{ kind: 'AUTHORISATION' }, 'kind_moves_no_money kind'],
    [{ kind: 'void' }, 'kind_moves_no_money kind'],
    // currency
    [{ currency: undefined }, 'field_missing currency'],
    [{ currency: 978 }, 'wrong_type currency'],
    [{ currency: 'eur' }, 'currency_unknown currency'],
    [{ currency: 'EUR ' }, 'currency_unknown currency'],
    [{ currency: 'EURO' }, 'currency_unknown currency'],
    [{ currency: 'XYZ' }, 'currency_unknown currency'],
    [{ currency: '' }, 'currency_unknown currency'],
    [{ currency: 'XAU' }, 'currency_without_exponent currency'],
    [{ currency: 'XXX' }, 'currency_without_exponent currency'],
    [{ currency: 'HRK', event_time: '2023-01-01T00:00:00+01:00' }, 'currency_withdrawn currency'],
    [{ currency: 'BGN' }, 'currency_withdrawn currency'],
    [{ currency: 'XCG', event_time: '2025-03-30T23:59:59-04:00' }, 'currency_not_yet_valid currency'],
    // amount
    [{ amount: undefined }, 'amount_missing amount'],
    [{ amount: null }, 'amount_missing amount'],
    [{ amount: 10.5 }, 'amount_is_a_number amount'],
    [{ amount: 10 }, 'amount_is_a_number amount'],
    [{ amount: {} }, 'wrong_type amount'],
    [{ amount: '' }, 'amount_not_decimal amount'],
    [{ amount: '10,50' }, 'amount_not_decimal amount'],
    [{ amount: '1e3' }, 'amount_not_decimal amount'],
    [{ amount: '€10' }, 'amount_not_decimal amount'],
    [{ amount: '-10.50' }, 'amount_negative amount'],
    [{ amount: '10.505' }, 'amount_too_precise amount'],
    [{ amount: '10.5', currency: 'JPY' }, 'amount_too_precise amount'],
    [{ amount: '10000000000000.01' }, 'amount_too_large amount'],
    [{ amount: undefined, amount_minor: 1050 }, 'amount_exponent_missing amount_exponent'],
    [{ amount: undefined, amount_exponent: 2 }, 'amount_missing amount'],
    [{ amount: undefined, amount_minor: 1050, amount_exponent: 0 }, 'amount_exponent_mismatch amount_exponent'],
    [{ amount: undefined, amount_minor: 1050, amount_exponent: 2, currency: 'ISK' }, 'amount_exponent_mismatch amount_exponent'],
    [{ amount: undefined, amount_minor: 1050, amount_exponent: '2' }, 'amount_exponent_not_integer amount_exponent'],
    [{ amount: undefined, amount_minor: '1050', amount_exponent: 2 }, 'amount_minor_not_integer amount_minor'],
    [{ amount: undefined, amount_minor: 10.5, amount_exponent: 2 }, 'amount_minor_not_integer amount_minor'],
    [{ amount: undefined, amount_minor: -1050, amount_exponent: 2 }, 'amount_negative amount_minor'],
    [{ amount: undefined, amount_minor: 1_000_000_000_000_001, amount_exponent: 2 }, 'amount_too_large amount_minor'],
    [{ amount_minor: 1051, amount_exponent: 2 }, 'amounts_disagree amount'],
  ])('%.90j: %s', (fields, expected) => expect(faultsOf(fields)).toEqual([expected]));

  test.each([
    ['1.0', 'amount_minor_not_integer'], ['1e3', 'amount_minor_not_integer'], ['1050.00', 'amount_minor_not_integer'], ['1E0', 'amount_minor_not_integer'],
    ['-0', 'amount_negative'], ['9007199254740993', 'amount_too_large'], ['1e400', 'amount_minor_not_integer'],
  ])('amount_minor written %s: %s', (written, code) => {
    const decoded = decode(`${JSON.stringify({ ...GOOD, amount: undefined, amount_exponent: 2 }).slice(0, -1)},"amount_minor":${written}}`);
    expect(decoded.faults).toMatchObject([{ code, field: 'amount_minor' }]);
    expect(decoded.faults![0]!.found.replaceAll('"', '')).toBe(written);
  });

  test.each([
    '{"metadata":{"amount_minor":1050},"amount_minor":1050.0,',
    '{"metadata":{"amount_minor":1050},"amount\\u005fminor":1050.0,',
  ])('a good number elsewhere does not stand in for it: %s…}', (start) => {
    expect(faultsOf(start + JSON.stringify({ ...GOOD, amount: undefined, amount_exponent: 2 }).slice(1))).toEqual(['amount_minor_not_integer amount_minor']);
  });

  test('amount_exponent written 2.0', () => expect(faultsOf(`${JSON.stringify({ ...GOOD, amount: undefined, amount_minor: 1050 }).slice(0, -1)},"amount_exponent":2.0}`)).toEqual(['amount_exponent_not_integer amount_exponent']));
});

describe('all faults of a message together', () => {
  test('texts, time, kind, currency and amount', () => {
    expect(faultsOf({ transaction_id: '', merchant_id: 5, country: 'DEU', event_time: 'x', kind: 'auth', currency: 'eur', amount: 1.5, schema_version: 9 })).toEqual([
      'text_empty transaction_id', 'wrong_type merchant_id', 'text_format country', 'schema_version_unknown schema_version', 'time_format event_time',
      'kind_moves_no_money kind', 'currency_unknown currency', 'amount_is_a_number amount',
    ]);
  });

  test('and no more than there are: metadata at its limits is fine beside a fault', () => {
    const metadata = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, 'x'.repeat(500)]));
    expect(faultsOf({ metadata, country: 'DEU' })).toEqual(['text_format country']);
  });

  test('an empty object names every required field', () => {
    expect(faultsOf('{}')).toEqual(['field_missing transaction_id', 'field_missing customer_id', 'field_missing merchant_id', 'field_missing event_time', 'field_missing currency', 'amount_missing amount']);
  });

  test('a negative number says both', () => expect(faultsOf({ amount: -10 })).toEqual(['amount_is_a_number amount', 'amount_negative amount']));

  test.each([['10.50', '"10.50"'], ['-10.5', '"10.5"'], ['9007199254740993.10', '9007199254740993.10'], ['1e3', 'in quotes.']])('a number is advised as written: %s', (written, advised) => {
    const [first] = decode(`${JSON.stringify({ ...GOOD, amount: undefined }).slice(0, -1)},"amount":${written}}`).faults!;
    expect(first).toMatchObject({ code: 'amount_is_a_number', found: written, fix: expect.stringContaining(advised) });
  });

  test('with a key that stands twice', () => {
    expect(faultsOf('{"amount":1,"amount":2}')).toContain('duplicate_key amount');
    expect(faultsOf('{"amount":1,"amount":2}')).toContain('field_missing currency');
  });

  test('but no more than the limit, and none longer than the limit', () => {
    const many = `{${Array.from({ length: 200 }, (_, index) => `"k${index}":1,"k${index}":2`).join(',')}}`;
    expect(decode(many).faults).toHaveLength(MAX_FAULTS_PER_MESSAGE);
    const long = decode({ currency: '€'.repeat(10_000), [`x${'y'.repeat(1_000)}`]: '\ud800' });
    for (const { found, field } of long.faults!) expect(Math.max(found.length, field.length)).toBeLessThanOrEqual(MAX_FOUND_LENGTH);
  });
});

describe('what is said about a fault', () => {
  test.each([
    [{ amount: 10.5 }, '10.5', 'in quotes: "10.5"'],
    [{ amount: '-3' }, '"-3"', 'a refund is kind refund'],
    [{ amount: '1.005' }, '"1.005"', 'EUR has 2 digits'],
    [{ currency: 'eur' }, '"eur"', 'Send EUR: upper case'],
    [{ currency: 'BGN' }, '"BGN"', 'BGN ended on 2026-01-01; send EUR.'],
    [{ kind: 'sale' }, '"sale"', 'payment, refund, refund_reversal, chargeback, chargeback_reversal, second_chargeback, fee or payout'],
    [{ customer_id: undefined }, 'nothing', 'Send customer_id, e.g. "cus_81".'],
    [{ customer_id: 'a\u0000\u202eb\n' }, 'a text of 5 characters', 'printable'],
    [{ region: 'a\u0000\u202eb\n' }, '"a\\u0000\\u202eb\\u000a"', 'printable'],
    [{ amount: undefined, amount_minor: 5 }, 'nothing', 'for EUR it is 2'],
    [{ amount_minor: 1, amount_exponent: 2 }, 'amount 10.50, amount_minor 0.01', 'one of the two'],
    [{ region: 'x'.repeat(300) }, `"${'x'.repeat(78)}…`, 'at most 200 characters; these are 300'],
  ])('%.60j', (fields, found, fix) => {
    const [first] = decode(fields).faults!;
    expect(first!.found).toBe(found);
    expect(first!.fix).toContain(fix);
  });

  test('cut between characters, never within one', () => {
    for (const length of [76, 77, 78]) expect(decode({ region: 'x'.repeat(length) + '😀'.repeat(200) }).faults![0]!.found.isWellFormed()).toBe(true);
  });

  test('never in the words of a validator', () => {
    for (const fields of [{ transaction_id: 5 }, { metadata: [] }, { country: 'DEU' }, { mcc: 'x' }, { transaction_id: '' }]) {
      for (const { fix, found } of decode(fields).faults!) expect(`${fix} ${found}`).not.toMatch(/must|schema|pattern|instancePath|undefined|\[object/);
    }
  });
});

describe('a rejected message', () => {
  test.each([
    [{ amount: 1 }, 'shop-7/2026-000123'],
    [{ transaction_id: 5 }, null],
    [{ transaction_id: 'a\u0000' }, null],
    [{ transaction_id: 'x'.repeat(201) }, null],
    ['{"transaction_id":"a","transaction_id":"b"}', null],
    ['{"transaction_id":"\\ud800"}', null],
    ['{"transaction_id":"a","m":{"transaction_id":"b","transaction_id":"c"}}', 'a'],
    ['{"transaction_id":"a"', null],
    ['["a"]', null],
  ])('%.60j names its transaction_id only where that is safe', (what, id) => expect(decode(what)).toMatchObject({ payment: null, readable_transaction_id: id }));

  test('keeps its text, where it is one', () => {
    expect(decode('{"a":')).toMatchObject({ payload: '{"a":' });
    expect(decode('{ "a": 1 }')).toMatchObject({ payload: '{ "a": 1 }' });
    expect(decode(Buffer.from([0xff]))).toMatchObject({ payload: null, faults: [{ code: 'not_utf8' }] });
    expect(decode(`"${'x'.repeat(70_000)}"`)).toMatchObject({ payload: null, faults: [{ code: 'payload_too_large' }] });
    expect(decode('')).toMatchObject({ payload: '', faults: [{ code: 'not_json' }] });
  });
});
