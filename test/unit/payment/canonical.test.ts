import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePayment } from '../../../functions/payment/decode-payment.ts';
import { canonicalMoneyFacts, fingerprintOf } from '../../../functions/payment/fingerprint.ts';
import { identityOf } from '../../../functions/payment/identity.ts';
import { sha256 } from '../../../functions/payment/sha256.ts';
import { decode, decodeGood, GOOD } from './good-payment.ts';

const FACTS = { transaction_id: 't-1', kind: 'refund', amount_minor: 1050n, currency: 'EUR', customer_id: 'c', merchant_id: 'm', original_transaction_id: null } as const;

/** Texts that break naive joins, paths and case folding. */
const id = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }),
  fc.constantFrom('/', '..', '../../x', 'a/b', '.', ' ', ' a', 'a ', 'A', 'a', 'é', 'e\u0301', 'ß', 'SS', 'İ', '😀'.repeat(200), 'x'.repeat(200), '9007199254740993', '","', '["a","b"]', '__proto__', '\u200b', '\ufeff', 'null'),
).filter((text) => text.isWellFormed() && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text) && [...text].length <= 200);

describe('fingerprint v1', () => {
  test('is pinned', () => {
    expect(canonicalMoneyFacts(FACTS)).toBe('["v1","t-1","refund","1050","EUR","c","m",null]');
    expect(fingerprintOf(FACTS).toString('hex')).toBe('6534908ddd3ac1abdce36ac400200e704112ba2fe7558873581ebd1c59c13210');
    expect(canonicalMoneyFacts({ ...FACTS, original_transaction_id: 'o' })).toBe('["v1","t-1","refund","1050","EUR","c","m","o"]');
  });

  test.each([
    ['transaction_id', 't-2'], ['kind', 'payment'], ['amount_minor', 1051n], ['currency', 'USD'], ['customer_id', 'C'], ['merchant_id', 'm '], ['original_transaction_id', 'null'],
  ])('changes with %s', (field, value) => expect(fingerprintOf({ ...FACTS, [field]: value })).not.toEqual(fingerprintOf(FACTS)));

  test.each([
    ['event_time', '2026-03-01T00:00:00Z'], ['producer', 'p'], ['payment_method', 'card'], ['country', 'DE'], ['metadata', { a: 1 }], ['new_field', 1], ['schema_version', 1], ['kind', 'payment'],
    ['amount', '10.5'], ['amount', '10.500000'], ['original_transaction_id', null],
  ])('does not change with %s %j', (field, value) => expect(decodeGood({ [field]: value }).fingerprint).toEqual(decodeGood({}).fingerprint));

  test('amount and amount_minor of one value agree, in JPY, EUR and BHD', () => {
    for (const [currency, amount, minor, exponent] of [['JPY', '1200', 1200, 0], ['EUR', '12.00', 1200, 2], ['BHD', '1.200', 1200, 3]] as const) {
      const one = decodeGood({ currency, amount });
      const other = decodeGood({ currency, amount: undefined, amount_minor: minor, amount_exponent: exponent });
      expect(one.amount_minor).toBe(1200n);
      expect(one.fingerprint).toEqual(other.fingerprint);
    }
  });

  test('key order and white space do not matter', () => {
    const fields = Object.entries({ ...GOOD, kind: 'refund', original_transaction_id: 'o', metadata: { a: 1, b: 2 } });
    const text = fc.tuple(fc.shuffledSubarray(fields, { minLength: fields.length }), fc.constantFrom('', ' ', '\n\t', '\r\n   '));
    fc.assert(fc.property(text, ([order, space]) => {
      const json = `{${order.map(([key, value]) => `${space}${JSON.stringify(key)}${space}:${space}${JSON.stringify(value)}${space}`).join(',')}}`;
      expect(decodeGood(json).fingerprint).toEqual(decodeGood(Object.fromEntries(fields)).fingerprint);
    }));
  });

  test('two payments are equal in it only where their money facts are', () => {
    fc.assert(fc.property(id, id, id, id, (a, b, c, d) => {
      const one = canonicalMoneyFacts({ ...FACTS, transaction_id: a, customer_id: b });
      const other = canonicalMoneyFacts({ ...FACTS, transaction_id: c, customer_id: d });
      expect(one === other).toBe(a === c && b === d);
    }));
  });
});

describe('identity', () => {
  const byProducer = (producer: string | null) => ({ identity_scope: 'producer+transaction_id', producer }) as const;

  test('is pinned', () => {
    expect(decodeGood({}).identity.toString('hex')).toBe('1592904175b1fefac6c195f92be43a5a7fe33a800ae057dc9f2e701e7f78a645');
    expect(identityOf('t-1', byProducer('p'))).toEqual(sha256('["p","t-1"]'));
  });

  test('ids are taken exactly, whatever is in them', () => {
    fc.assert(fc.property(id, (transaction_id) => {
      const payment = decodeGood({ transaction_id, customer_id: transaction_id, merchant_id: transaction_id });
      expect(payment).toMatchObject({ transaction_id, customer_id: transaction_id, merchant_id: transaction_id });
      expect(payment.identity).toEqual(sha256(transaction_id));
      expect(payment.identity).toHaveLength(32);
    }));
  });

  test('different ids, different identities; the producer and the id cannot run together', () => {
    fc.assert(fc.property(id, id, id, id, (a, b, c, d) => {
      expect(identityOf(a, byProducer(b)).equals(identityOf(c, byProducer(d)))).toBe(a === c && b === d);
    }));
    expect(identityOf('b', byProducer('a'))).not.toEqual(identityOf('', byProducer('ab')));
  });

  test('the producer comes from configuration, never from the body', () => {
    const data = Buffer.from(JSON.stringify({ ...GOOD, producer: 'claimed' }));
    const bound = decodePayment(data, byProducer('bound'));
    expect(bound.payment?.identity).toEqual(identityOf(GOOD.transaction_id, byProducer('bound')));
    expect(bound.payment?.producer).toBe('claimed');
    expect(() => decodePayment(data, byProducer(null))).toThrow('needs a producer');
  });
});

test('what was read is not changed by reading the payload again', () => {
  fc.assert(fc.property(id, fc.constantFrom('EUR', 'JPY', 'BHD'), fc.nat(10 ** 9), (transaction_id, currency, amount) => {
    const first = decodeGood({ transaction_id, currency, amount: String(amount) });
    expect(decode(first.payload)).toEqual({ payment: first, faults: null });
  }));
});
