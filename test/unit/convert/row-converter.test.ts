import { describe, expect, test } from 'vitest';
import { readHeader, wantedColumns } from '../../../functions/local/convert/columns.ts';
import { rowConverter } from '../../../functions/local/convert/row-converter.ts';
import { OPTIONAL_TEXTS } from '../../../functions/payment/schema-fields.ts';
import { mapWith } from './maps.ts';

const GOOD = { id: 't1', time: '2026-01-31T12:00:00Z', amount: '10.50', currency: 'EUR' };

/** What a row becomes: the published fields that are asked for of each payment, or the codes and fields of its faults. */
function converted(fields: object, row: Record<string, string>, others: object = {}, shown: readonly string[] = ['transaction_id', 'kind', 'amount', 'currency']): string[] {
  const map = mapWith(fields, others);
  const cells = { ...GOOD, ...row };
  const header = readHeader(Object.keys(cells), wantedColumns(map));
  expect(header.missing).toEqual([]);
  const result = rowConverter(map, header.layout, () => {})({ line_number: 2, cells: Object.values(cells), fault: null, text: null });
  if (result.faults) return result.faults.map((fault) => `${fault.code} ${fault.field} ${fault.found}`);
  if (result.payments === null) return [`ignored by ${result.ignored_by}`];
  return result.payments.map((payment) => {
    const published = JSON.parse(payment.payload) as Record<string, unknown>;
    return shown.map((name) => (published[name] === undefined ? '-' : typeof published[name] === 'string' ? published[name] : JSON.stringify(published[name]))).join(' ');
  });
}

const SIGNED = { kind: { from_sign_of: 'amount', positive: 'payment', negative: 'refund' } };
const BY_TYPE = { kind: { column: 'type', values: { Charge: 'payment', Refund: 'refund', adjustment: { negative: 'chargeback', positive: 'chargeback_reversal' } } } };
const EFFECT = { ...BY_TYPE, amount: { column: 'amount', format: 'decimal', sign: 'effect' } };
const OPPOSITE = { ...BY_TYPE, amount: { column: 'amount', format: 'decimal', sign: 'opposite' } };
const IGNORED = { ...BY_TYPE, amount: { column: 'amount', format: 'decimal', sign: 'ignored' } };
const MINOR = { amount: { column: 'amount', format: 'minor_units', exponents: { ISK: 2 } } };
const IN_OUT = { ...SIGNED, amount: { column_in: 'in', column_out: 'out', format: 'decimal' } };
const FEE = { also: [{ fields: { transaction_id: { column: 'id', suffix: ':fee' }, kind: { constant: 'fee' }, amount: { column: 'fee', format: 'decimal' } } }] };
const FAILED = { ignore_rows: [{ column: 'status', values: ['failed', 'Pending'] }] };

describe('a row', () => {
  test.each<[string, object, Record<string, string>, string[], object?]>([
    ['plain', {}, {}, ['t1 payment 10.50 EUR']],
    ['with a currency in small letters', {}, { currency: 'eur' }, ['t1 payment 10.50 EUR']],
    ['with outer blanks', {}, { id: '  t1 ', amount: ' 10.50' }, ['t1 payment 10.50 EUR']],
    ['with an id of several columns', { transaction_id: { columns: ['id', 'n'], join: '/', prefix: 'p:' } }, { n: '2' }, ['p:t1/2 payment 10.50 EUR']],
    ['with an id that lacks a part', { transaction_id: { columns: ['id', 'n'] } }, { n: ' ' }, ['field_empty transaction_id nothing']],
    ['without an id', {}, { id: '' }, ['field_empty transaction_id nothing']],
    ['with every fault at once', {}, { id: '', time: 'x', amount: 'y', currency: '' }, ['amount_not_in_format amount "y"', 'field_empty currency nothing', 'field_empty transaction_id nothing', 'time_not_in_format event_time "x"']],
    ['without an amount', {}, { amount: '' }, ['field_empty amount nothing']],
    ['with a default amount', { amount: { column: 'amount', format: 'decimal', default_when_empty: '1.00' } }, { amount: '' }, ['t1 payment 1.00 EUR']],
    ['with a value that means empty', { currency: { column: 'currency', empty_values: ['N/A'], default_when_empty: 'GBP' } }, { currency: 'n/a' }, ['t1 payment 10.50 GBP']],
    ['with a value named in the map', { currency: { column: 'currency', values: { Euro: 'EUR', '*': 'USD' } } }, { currency: 'EURO' }, ['t1 payment 10.50 EUR']],
    ['with any other value', { currency: { column: 'currency', values: { Euro: 'EUR', '*': 'USD' } } }, { currency: 'x' }, ['t1 payment 10.50 USD']],
    ['with a value that the map lacks', { currency: { column: 'currency', values: { Euro: 'EUR' } } }, { currency: 'Franc' }, ['value_not_in_map currency "Franc"']],
    ['that the pipeline would reject', {}, { currency: 'QQQ' }, ['currency_unknown currency "QQQ"']],
    ['with an amount too precise', {}, { amount: '1.005' }, ['amount_too_precise amount "1.005"']],
    ['positive', SIGNED, {}, ['t1 payment 10.50 EUR']],
    ['negative', SIGNED, { amount: '(10.50)' }, ['t1 refund 10.50 EUR']],
    ['zero', SIGNED, { amount: '-0.00' }, ['t1 payment 0.00 EUR']],
    ['negative where no sign is expected', {}, { amount: '-1' }, ['sign_unexpected amount "negative amount of a payment"']],
    ['of a type', BY_TYPE, { type: 'refund' }, ['t1 refund 10.50 EUR']],
    ['of a type that the map lacks', BY_TYPE, { type: 'topup' }, ['value_not_in_map kind "topup"']],
    ['of no type', BY_TYPE, { type: '' }, ['field_empty kind nothing']],
    ['of a type by sign', EFFECT, { type: 'adjustment', amount: '-5' }, ['t1 chargeback 5 EUR']],
    ['of a type by the other sign', EFFECT, { type: 'adjustment', amount: '5' }, ['t1 chargeback_reversal 5 EUR']],
    ['whose sign fits', EFFECT, { type: 'refund', amount: '-5' }, ['t1 refund 5 EUR']],
    ['whose sign does not fit', EFFECT, { type: 'refund', amount: '5' }, ['sign_unexpected amount "positive amount of a refund"']],
    ['whose sign does not fit either', EFFECT, { type: 'charge', amount: '-5' }, ['sign_unexpected amount "negative amount of a payment"']],
    ['whose opposite sign fits', OPPOSITE, { type: 'refund', amount: '5' }, ['t1 refund 5 EUR']],
    ['whose opposite sign does not fit', OPPOSITE, { type: 'charge', amount: '5' }, ['sign_unexpected amount "positive amount of a payment"']],
    ['whose sign is ignored', IGNORED, { type: 'charge', amount: '-5' }, ['t1 payment 5 EUR']],
    ['with a sign that the kind has nothing for', { kind: { column: 'type', values: { a: { positive: 'payment' } } } }, { type: 'a', amount: '-5' }, ['kind_unclear kind "negative amount"']],
    ['with a kind of its own', { kind: { column: 'type' } }, { type: 'refund' }, ['t1 refund 10.50 EUR']],
    ['with a kind that is none', { kind: { column: 'type' } }, { type: 'toString' }, ['kind_unknown kind "toString"']],
    ['with a kind that is none, signed', { kind: { column: 'type' }, amount: { column: 'amount', format: 'decimal', sign: 'effect' } }, { type: 'toString' }, ['kind_unknown kind "toString"']],
    ['in cents', MINOR, { amount: '9007199254740993' }, ['amount_too_large amount "90071992547409.93"']],
    ['in cents, exactly', MINOR, { amount: '900719925474099' }, ['t1 payment 9007199254740.99 EUR']],
    ['in yen', MINOR, { amount: '1050', currency: 'jpy' }, ['t1 payment 1050 JPY']],
    ['in minor units of the vendor', MINOR, { amount: '105000', currency: 'ISK' }, ['t1 payment 1050.00 ISK']],
    ['in minor units of no currency', MINOR, { currency: 'QQQ', amount: '5' }, ['exponent_unknown currency "QQQ"']],
    ['with money in', IN_OUT, { in: '5', out: '' }, ['t1 payment 5 EUR']],
    ['with money out', IN_OUT, { in: '0.00', out: '5' }, ['t1 refund 5 EUR']],
    ['with money out, signed', IN_OUT, { in: '', out: '-5' }, ['t1 refund 5 EUR']],
    ['with both', IN_OUT, { in: '1', out: '5' }, ['amount_in_and_out amount "1 and 5"']],
    ['with neither', IN_OUT, { in: '', out: '' }, ['amount_in_and_out amount nothing']],
    ['with a fee', {}, { fee: '0.30' }, ['t1 payment 10.50 EUR', 't1:fee fee 0.30 EUR'], FEE],
    ['with no fee', {}, { fee: '' }, ['t1 payment 10.50 EUR'], FEE],
    ['with a fee of zero', {}, { fee: '0.00' }, ['t1 payment 10.50 EUR'], FEE],
    ['with a bad fee: all or nothing', {}, { fee: '?' }, ['amount_not_in_format amount "?"'], FEE],
    ['with a fault that its payments share', {}, { time: 'x', fee: '1' }, ['time_not_in_format event_time "x"'], FEE],
    ['that failed', {}, { status: 'FAILED', id: '' }, ['ignored by 0'], FAILED],
    ['that didn\'t', {}, { status: 'ok' }, ['t1 payment 10.50 EUR'], FAILED],
  ])('%s', (_name, fields, row, expected, others) => expect(converted(fields, row, others)).toEqual(expected));

  test('without a time takes only what the map names', () => {
    const time = { column: 'time', format: 'rfc3339' };
    expect(converted({ event_time: time }, { time: '' })).toEqual(['field_empty event_time nothing']);
    expect(converted({ event_time: { ...time, default_when_empty: '2026-01-01T00:00:00Z' } }, { time: '' }, {}, ['event_time'])).toEqual(['2026-01-01T00:00:00Z']);
    expect(converted({ event_time: { ...time, empty_values: ['00:00:00'], default_when_empty: '2026-01-01T00:00:00Z' } }, { time: '00:00:00' }, {}, ['event_time'])).toEqual(['2026-01-01T00:00:00Z']);
    expect(converted({ event_time: time }, { time: '00:00:00' })).toEqual(['time_not_in_format event_time "00:00:00"']);
  });

  test('keeps what the map asks for in metadata, and leaves out what is empty', () => {
    const metadata = { unit: { column: 'unit' }, note: { column: 'note' }, missing: { column: 'nowhere', optional: true } };
    expect(converted({ metadata, store: { column: 'note' } }, { unit: 'Parks', note: '' }, {}, ['metadata', 'store'])).toEqual(['{"unit":"Parks"} -']);
    expect(converted({ metadata: JSON.parse('{"__proto__":{"column":"unit"}}') as object }, { unit: 'Parks' }, {}, ['metadata'])).toEqual(['{"__proto__":"Parks"}']);
  });

  test('can fill every text of the payment format', () => {
    const examples = Object.entries(OPTIONAL_TEXTS).map(([name, schema]) => [name, (schema as { examples?: string[] }).examples![0]!] as const);
    const sources = Object.fromEntries(examples.map(([name]) => [name, { column: name }]));
    const shown = examples.map(([name]) => name);
    expect(converted(sources, Object.fromEntries(examples), {}, shown)).toEqual([examples.map(([, example]) => example).join(' ')]);
  });

  test('shows no card number in a fault', () => {
    expect(converted({}, { amount: '4111 1111 1111 1111 EUR' })).toEqual(['amount_not_in_format amount "411111******1111 EUR"']);
  });
});
