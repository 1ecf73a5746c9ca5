import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { FAULT_CODES, type FaultCode } from '../../../functions/payment/fault-codes.ts';
import { explainTexts } from '../../../functions/payment/explain-texts.ts';
import { EXAMPLE_PAYMENT, PAYMENT_SCHEMA, paymentJsonSchema, textsFit } from '../../../functions/payment/schema.ts';
import { faultTable, fieldTable, kindTable } from './format-tables.ts';
import { decode, decodeGood, faultsOf, GOOD } from './good-payment.ts';

const DOCS = join(import.meta.dirname, '../../../docs');
const page = readFileSync(join(DOCS, 'payment-format.md'), 'utf8');
const published = JSON.parse(readFileSync(join(DOCS, 'payment.schema.json'), 'utf8')) as Record<string, unknown>;

/** What JSON Schema can't say: everything about bytes and text, the calendar, the currency of the day, the exponent, sums that must agree. */
const BEYOND_SCHEMA: ReadonlySet<string> = new Set<FaultCode>([
  'payload_too_large', 'too_deep', 'not_utf8', 'not_json', 'duplicate_key', 'lone_surrogate', 'time_format', 'time_out_of_range', 'currency_unknown',
  'currency_without_exponent', 'currency_withdrawn', 'currency_not_yet_valid', 'amount_too_precise', 'amount_too_large', 'amount_minor_not_integer',
  'amount_exponent_not_integer', 'amount_exponent_mismatch', 'amounts_disagree',
]);

test('docs/payment.schema.json is printed from the schema (vitest -u writes it)', async () => {
  await expect(`${JSON.stringify(paymentJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(join(DOCS, 'payment.schema.json'));
});

describe('docs/payment-format.md', () => {
  test.each([['fields', fieldTable()], ['kinds', kindTable()], ['faults', faultTable()]])('has the table of %s as the code prints it', (_name, table) => expect(page).toContain(table));

  test('speaks of no fault or field that does not exist', () => {
    const known = new Set([...Object.keys(FAULT_CODES), ...Object.keys(PAYMENT_SCHEMA.properties), 'code', 'field', 'found', 'fix']);
    expect([...page.matchAll(/`([a-z]+(?:_[a-z0-9]+)+)`/g)].map((match) => match[1]!).filter((word) => !known.has(word) && !page.includes(`| \`${word}\` | +`) && !page.includes(`| \`${word}\` | −`))).toEqual([]);
  });

  test('its examples are what it says', () => {
    const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => match[1]!);
    expect(examples.length).toBeGreaterThanOrEqual(2);
    for (const example of examples) expect(faultsOf(example)).toEqual([]);
    expect(JSON.parse(examples[0]!)).toEqual(EXAMPLE_PAYMENT);
  });
});

/** One change a line; the first group is good. */
const CORPUS: Record<string, unknown>[] = [
  {}, EXAMPLE_PAYMENT, { kind: null, metadata: null, amount_minor: null, country: '', region: '' }, { amount: undefined, amount_minor: 1050, amount_exponent: 2 }, { amount_exponent: 2 },
  { extra: { a: [1] } }, { transaction_id: '😀'.repeat(200) }, { metadata: { a: 'x'.repeat(500), b: 1, c: true, d: null } }, { captured_at: '2026-01-31T23:59:59Z', schema_version: 1 },
  ...['transaction_id', 'event_time', 'currency', 'customer_id', 'merchant_id', 'amount'].flatMap((field) => [undefined, null, 5, '', true, [], {}].map((value) => ({ [field]: value }))),
  ...Object.keys(PAYMENT_SCHEMA.properties).flatMap((field) => [5, 1.5, true, [], { a: 1 }, 'a\u0000', '\u2028', 'x'.repeat(201), '😀'.repeat(201), '', null, '11', '1111', 'ab'].map((value) => ({ [field]: value }))),
  { transaction_id: 'x'.repeat(201) }, { metadata: { a: 'x'.repeat(501) } }, { metadata: { a: {} } }, { metadata: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, 1])) },
  { amount: undefined }, { amount: undefined, amount_minor: 1050 }, { amount_minor: 1050 }, { amount: undefined, amount_exponent: 2 }, { amount: undefined, amount_minor: -1, amount_exponent: 2 },
  { amount: undefined, amount_minor: 1e15 + 1, amount_exponent: 2 }, { amount: '-1' }, { amount: '1,0' }, { amount: '1.005' }, { event_time: '2026-01-31T23:59:59' }, { event_time: '2026-02-30T00:00:00Z' },
  { kind: 'auth' }, { kind: 'sale' }, { currency: 'eur' }, { currency: 'XAU' }, { currency: 'XYZ' }, { schema_version: 2 }, { event_time: '2250-01-01T00:00:00Z' },
];

describe('the schema that producers use and the decoder agree', () => {
  const schema = Compile(published);
  const asJson = CORPUS.map((fields) => JSON.stringify({ ...GOOD, ...fields }));

  test('the corpus has good and bad payments', () => {
    const good = asJson.filter((json) => faultsOf(json).length === 0).length;
    expect(good).toBeGreaterThan(80);
    expect(asJson.length - good).toBeGreaterThan(300);
  });

  test('what the decoder takes, the schema takes', () => {
    for (const json of asJson) if (decode(json).payment !== null) expect(schema.Check(JSON.parse(json)), json).toBe(true);
  });

  test('what the decoder refuses, the schema refuses, but for what no schema can say', () => {
    for (const json of asJson) {
      const codes = (decode(json).faults ?? []).map(({ code }) => code).filter((code) => !BEYOND_SCHEMA.has(code));
      if (codes.length > 0) expect(schema.Check(JSON.parse(json)), `${json} ${codes.join()}`).toBe(false);
    }
  });

  test('texts are refused if and only if something can be said about them', () => {
    for (const json of asJson) expect(textsFit(JSON.parse(json)), json).toBe(explainTexts(JSON.parse(json) as Record<string, unknown>).length === 0);
  });

  test('the example is good', () => expect(decodeGood({ ...EXAMPLE_PAYMENT }).unknown_fields).toEqual([]));
});
