import { describe, expect, test } from 'vitest';
import { MAX_FAULTS_PER_MESSAGE } from '../../../functions/limits.ts';
import { decode, decodeGood } from './good-payment.ts';

/** Far above what each takes (some 40 ms at most), far below what it took before it was bounded (0.1 to 4 s). */
const MAX_MILLISECONDS = 1_000;
const GOOD = '"transaction_id":"a","event_time":"2026-01-01T00:00:00Z","amount":"1.0","currency":"EUR","customer_id":"c","merchant_id":"m"';
const filled = (piece: string, length = 60_000) => piece.repeat(Math.floor(length / piece.length));
const withMore = (more: string) => `{${GOOD},${more}}`;

describe('64 KiB of malice take no time worth naming', () => {
  test.each([
    ['codes in a list under a long name', withMore(`"cvv${'-'.repeat(30_000)}":[${filled('1,', 30_000)}1]`)],
    ['one key again and again under a long name', withMore(`"${'k'.repeat(20_000)}":{${filled('"a":0,', 40_000)}"a":0}`)],
    ['a list under a long name, beside a card number', withMore(`"${'k'.repeat(30_000)}":[${filled('1,', 30_000)}1],"z":"4111111111111111"`)],
    ['single digits with blanks', withMore(`"x":"${filled('4 ')}"`)],
    ['single digits with blanks, no JSON', filled('4 ')],
    ['long names in metadata', withMore(`"metadata":{${Array.from({ length: 60 }, (_, place) => `"${place}${filled('4 ', 900)}":[]`).join(',')}}`)],
    ['names of codes, no JSON', filled('cvv = ')],
  ])('%s', (_name, text) => {
    const start = performance.now();
    decode(text);
    expect(performance.now() - start).toBeLessThan(MAX_MILLISECONDS);
  });

  test('findings are bounded, masking is not', () => {
    const { card_data, payload } = decodeGood({ pans: Array.from({ length: 500 }, () => '4111111111111111') });
    expect(card_data).toHaveLength(50);
    expect(payload).not.toContain('4111111111111111');
  });

  test('a transaction_id that stands twice is not read, however many other keys do', () => {
    const decoded = decode(withMore(`${filled('"x":0,', 6 * 2 * MAX_FAULTS_PER_MESSAGE)}"transaction_id":"b"`));
    expect(decoded).toMatchObject({ payment: null, readable_transaction_id: null });
    expect(decoded.faults).toHaveLength(MAX_FAULTS_PER_MESSAGE);
  });
});

test.each([
  ['cvv 123', 'cvv ***'],
  ['{"cvv_code" : "123"}', '{"cvv_code" : "***"}'],
  ['4111 1111 1111 1111 12/30 CVC is 1234', '411111******1111 12/30 CVC is ***'],
  ['verification code: 999', 'verification code: ***'],
  ['civic 4111, cvx 123', 'civic 4111, cvx 123'],
])('a code in free text: %s', (note, masked) => expect(JSON.parse(decodeGood({ metadata: { note } }).payload)).toMatchObject({ metadata: { note: masked } }));

test.each([
  [{ customer_id: 'anna@example.org\u0000' }],
  [{ device_id: `anna@example.org${'x'.repeat(300)}` }],
  [{ ip_address: 'anna@example.org'.repeat(9) }],
  [{ metadata: 'anna@example.org' }],
  [{ metadata: { mail: 'anna@example.org'.repeat(50) } }],
])('no fault says what a personal field holds: %j', (fields) => expect(JSON.stringify(decode(fields).faults)).not.toContain('anna'));

test('no advice repeats a card number', () => {
  for (const fields of [{ amount: 4111111111111111 }, { amount_minor: -4111111111111111, amount_exponent: 4111111111111111 }]) {
    expect(JSON.stringify(decode(fields).faults)).not.toContain('4111111111111111');
  }
});
