import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { journalRow } from '../../../functions/adapters/google/journal-row.ts';
import { JOURNAL_COLUMNS } from '../../../functions/adapters/journal-columns.ts';
import type { JournalLine } from '../../../functions/pipeline/journal-line.ts';
import { paymentJournal } from '../../../sql/tables/payment-journal.ts';
import { line } from '../../contract/journal.ts';

const rowOf = (one: JournalLine) => JSON.parse(journalRow(one)) as Record<string, unknown>;
const described = paymentJournal.columns.filter(({ name }) => name !== 'journaled_at');

test('the columns that a line writes are those of the table, in order and type, but for the stamp', () => {
  expect(JOURNAL_COLUMNS.map(({ name, type }) => [name, type])).toEqual(described.map(({ name, type }) => [name, type]));
});

test('a payment, to the letter', () => {
  const { payment, message, payload } = line('a');
  expect(rowOf(line('a'))).toEqual({
    message_id: 'a', data_sha256: message.data_sha256.toString('base64'), outcome: 'recorded', published_at: '2023-11-14T22:13:20Z', source: 'test', line_number: '7',
    transaction_id: 't-a', identity_key: payment!.identity.subarray(0, 16).toString('base64'), fingerprint: payment!.fingerprint.toString('base64'), fingerprint_version: 'v1',
    kind: 'payment', amount: '10.500000000', amount_minor: '1050', effect_minor: '1050', currency: 'EUR', event_time: '2023-11-14T20:13:20Z', event_time_offset: '+02:00',
    customer_id: 'c', merchant_id: 'm', fraud_score: '12', fraud_reasons: 'amount_round,night_hours', fraud_rules_version: '1', payload,
  });
});

describe('one value', () => {
  const changed = (change: Record<string, unknown>) => line('a', undefined, change);
  const withMessage = (change: Partial<JournalLine['message']>): JournalLine => ({ ...line('a'), message: { ...line('a').message, ...change } });
  test.each<[string, JournalLine, string, unknown]>([
    ['a refund takes away', changed({ kind: 'refund', original_transaction_id: 'x' }), 'effect_minor', '-1050'],
    ['its amount stays positive', changed({ kind: 'refund', original_transaction_id: 'x' }), 'amount', '10.500000000'],
    ['yen have no minor unit', changed({ currency: 'JPY', amount: '1050' }), 'amount', '1050.000000000'],
    ['dinars have three digits', changed({ currency: 'BHD', amount: '0.001' }), 'amount', '0.001000000'],
    ['more than a float holds', changed({ amount: '9999999999999.99' }), 'amount_minor', '999999999999999'],
    ['the most there can be', changed({ amount: '10000000000000.00' }), 'amount', '10000000000000.000000000'],
    ['nothing', changed({ amount: '0' }), 'amount', '0.000000000'],
    ['a time to the microsecond', changed({ event_time: '2026-01-31T23:59:59.000001Z' }), 'event_time', '2026-01-31T23:59:59.000001Z'],
    ['a time before 1970', withMessage({ published_at: -1 }), 'published_at', '1969-12-31T23:59:59.999999Z'],
    ['the time 0', withMessage({ published_at: 0 }), 'published_at', '1970-01-01T00:00:00Z'],
    ['no time', withMessage({ published_at: null }), 'published_at', undefined],
    ['a message that we published again', withMessage({ redrive_of: 'original' }), 'message_id', 'original'],
    ['a dead letter', withMessage({ dead_letter_published_at: 1_000_000 }), 'dead_letter_published_at', '1970-01-01T00:00:01Z'],
    ['flags', { ...line('a'), flags: ['clock_skew', 'unknown_fields'] }, 'flags', 'clock_skew,unknown_fields'],
    ['no flags', line('a'), 'flags', undefined],
    ['a fraud score of 0', { ...line('a'), fraud: { score: 0, reasons: [], rules_version: '1' } }, 'fraud_score', '0'],
    ['no reasons', { ...line('a'), fraud: { score: 0, reasons: [], rules_version: '1' } }, 'fraud_reasons', undefined],
    ['what the client would replace', changed({ metadata: { note: '{{projectId}}' } }), 'payload', changed({ metadata: { note: '{{projectId}}' } }).payload],
  ])('%s', (_name, one, column, expected) => expect(rowOf(one)[column]).toEqual(expected));
});

const anyLine = fc.record({
  id: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  payload: fc.option(fc.string({ unit: 'binary', maxLength: 200 })),
  found: fc.string({ unit: 'binary' }),
  published_at: fc.option(fc.integer({ min: -62_135_596_800_000_000, max: 253_402_300_799_999_999 })),
  data: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  rejected: fc.boolean(),
}).map(({ id, payload, found, published_at, data, rejected }): JournalLine => {
  const base = line('a', undefined, rejected ? { amount: 1 } : {});
  const faults = rejected ? [{ code: 'amount_is_a_number', field: 'amount', found, fix: 'x' }] : [];
  return { ...base, message: { ...base.message, message_id: id, data_sha256: Buffer.from(data), published_at }, payload, faults };
});

test('any line: every value is text, nothing is null, the stamp is the store\'s, and all required columns are there', () => {
  const required = described.filter((column) => column.required).map(({ name }) => name);
  fc.assert(fc.property(anyLine, (one) => {
    const row = rowOf(one);
    expect(Object.values(row).filter((value) => typeof value !== 'string')).toEqual([]);
    expect(Object.keys(row).filter((name) => !described.some((column) => column.name === name))).toEqual([]);
    expect(required.filter((name) => !(name in row))).toEqual([]);
    expect(row.message_id).toBe(one.message.message_id);
    expect(row.payload).toBe(one.payload ?? undefined);
    expect(row.data_sha256).toBe(one.message.data_sha256.toString('base64'));
    expect(row.faults === undefined ? [] : JSON.parse(row.faults as string)).toEqual(one.faults);
  }));
});
