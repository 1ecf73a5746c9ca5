import { describe, expect, test } from 'vitest';
import { maskRawText } from '../../../functions/payment/card-data.ts';
import { isCardNumber, maskCardNumbers } from '../../../functions/payment/card-number.ts';
import { decode, decodeGood } from './good-payment.ts';

describe('isCardNumber', () => {
  test.each([
    ['4111111111111111', true, 'Visa'],
    ['4222222222222', true, 'Visa, 13 digits'],
    ['5555555555554444', true, 'Mastercard'],
    ['2223003122003222', true, 'Mastercard, 2-series'],
    ['378282246310005', true, 'American Express'],
    ['30569309025904', true, 'Diners Club'],
    ['6011111111111117', true, 'Discover'],
    ['3530111333300000', true, 'JCB'],
    ['6200000000000005', true, 'UnionPay'],
    ['6759649826438453', true, 'Maestro'],
    ['2200000000000004', true, 'Mir'],
    ['4111111111111112', false, 'wrong check digit'],
    ['501800000009', true, 'Maestro, 12 digits'],
    ['411111111111116', false, 'Visa prefix, right check digit, 15 digits'],
    ['1234567812345670', false, 'right check digit, no network'],
    ['0000000000000000', false, 'zeros'],
  ])('%s: %s (%s)', (digits, expected) => expect(isCardNumber(digits)).toBe(expected));
});

describe('maskCardNumbers', () => {
  test.each([
    ['4111111111111111', '411111******1111'],
    ['4111 1111 1111 1111', '411111******1111'],
    ['4111-1111-1111-1111', '411111******1111'],
    ['card 4111111111111111, thanks', 'card 411111******1111, thanks'],
    ['2026-01-31 4111 1111 1111 1111 12', '2026-01-31 411111******1111 12'],
    ['4111111111111111;5555555555554444', '411111******1111;555555******4444'],
    ['4111111111111111=25121010000012345678', '411111******1111=25121010000012345678'],
    ['3782 822463 10005', '378282*****0005'],
    ['5018 0000 0009 1008', '501800******1008'],
    ['74537604221000000000001', '74537604221000000000001'],
    ['14111111111111111', '14111111111111111'],
    ['4111  1111 1111 1111', '4111  1111 1111 1111'],
    ['2026-01-31T23:59:59', '2026-01-31T23:59:59'],
    ['', ''],
  ])('%s', (text, masked) => expect(maskCardNumbers(text)).toBe(masked));

  test('takes time in proportion to the text', () => {
    const long = `${'1 '.repeat(40_000)}x`;
    const start = performance.now();
    expect(maskCardNumbers(long)).toBe(long);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('in a payment', () => {
  test.each([
    [{ metadata: { note: 'paid with 4111 1111 1111 1111' } }, 'metadata.note', 'card_number', 'paid with 411111******1111'],
    [{ metadata: { pan: 4111111111111111 } }, 'metadata.pan', 'card_number', '411111******1111'],
    [{ metadata: { pan: -4111111111111111 } }, 'metadata.pan', 'card_number', '411111******1111'],
    [{ metadata: { '4111111111111111': 'x' } }, 'metadata.411111******1111', 'card_number', '411111******1111'],
    [{ metadata: { cvv: '123' } }, 'metadata.cvv', 'cvv', '***'],
    [{ metadata: { cardCVC2: 1234 } }, 'metadata.cardCVC2', 'cvv', '***'],
    [{ metadata: { 'security-code': '0123' } }, 'metadata.security-code', 'cvv', '***'],
    [{ metadata: { CID: '1234' } }, 'metadata.CID', 'cvv', '***'],
    [{ cvv: '999' }, 'cvv', 'cvv', '***'],
    [{ card: { number: '5555555555554444' } }, 'card.number', 'card_number', '555555******4444'],
    [{ items: [{ pay: { with: ['378282246310005'] } }] }, 'items[0].pay.with[0]', 'card_number', '378282*****0005'],
    [{ cvc: { value: '123' } }, 'cvc.value', 'cvv', '***'],
    [{ card_number: '4111111111111111' }, 'card_number', 'card_number', '411111******1111'],
  ])('%j is masked', (fields, field, looks_like, masked) => {
    const payment = decodeGood(fields);
    expect(payment.card_data).toEqual([{ field, looks_like }]);
    expect(payment.payload).toContain(JSON.stringify(masked));
    expect(payment.payload).not.toMatch(/4111 ?1111 ?1111 ?1111|5555555555554444|378282246310005|"999"|"123"/);
    expect(Object.keys(JSON.parse(payment.payload) as object)).toHaveLength(6 + Object.keys(fields).length);
  });

  test.each([
    [{ transaction_id: '4111111111111111' }],
    [{ customer_id: '5555555555554444', merchant_id: '378282246310005', original_transaction_id: '4111111111111111' }],
    [{ psp_reference: '4111111111111111', acquirer_reference: '74537604221000000000001', device_id: '4111111111111111' }],
    [{ metadata: { order: '4111111111111112', cvc_check: 'pass', cid: 'customer-7', cv: '123', description: 'civic 4111' } }],
    [{ metadata: { cid: '12345', cvv_result: 'M', millis: 1767225600000 } }],
    [{ unknown: { a: null, b: true, c: [], d: {} } }],
  ])('%j is left alone', (fields) => {
    const payment = decodeGood(fields);
    expect(payment.card_data).toEqual([]);
    for (const value of Object.values(fields)) expect(payment.payload).toContain(JSON.stringify(value));
  });

  test('everything else in the text stays as published, numbers that a double cannot hold included', () => {
    const payload = decodeGood('{ "transaction_id":"a","event_time":"2026-01-01T00:00:00Z","amount":"1.0" ,"currency":"EUR","customer_id":"c","merchant_id":"m","big":9007199254740993, "x":"4111111111111111","t":1.50}').payload;
    expect(payload).toBe('{ "transaction_id":"a","event_time":"2026-01-01T00:00:00Z","amount":"1.0" ,"currency":"EUR","customer_id":"c","merchant_id":"m","big":9007199254740993, "x":"411111******1111","t":1.50}');
  });

  test('a fraction is no card number, whatever its digits', () => {
    expect(decodeGood({ metadata: { ratio: 0.4111111111111111, pan: 4111111111111111 } }).payload).toContain('{"ratio":0.4111111111111111,"pan":"411111******1111"}');
  });

  test('names of unknown fields are masked with it', () => {
    expect(decodeGood({ 'pan 4111111111111111': 1 }).unknown_fields).toEqual(['pan 411111******1111']);
  });
});

describe('in what is rejected', () => {
  test.each([
    ['{"pan":"4111111111111111","cvv":"123"'],
    ['garbage 4111-1111-1111-1111 cvv=123'],
    ['["4111111111111111", {"cvv": 123}]'],
  ])('%s', (text) => {
    const decoded = decode(text);
    expect(decoded.payment).toBeNull();
    expect(JSON.stringify(decoded)).not.toMatch(/4111-?1111-?1111-?1111|123/);
  });

  test.each([
    [{ amount: 'x', metadata: { pan: '4111111111111111', cvv: '123' } }],
    [{ amount: '4111 1111 1111 1111' , currency: '4111111111111111' , metadata: {} }],
    [{ card_bin: '4111111111111111' }],
    [{ card_last4: '4111111111111111' }],
    [{ kind: 'card 4111111111111111' }],
    [{ metadata: { '4111111111111111': [] } }],
    [{ metadata: '4111111111111111' }],
    [{ country: `${'x'.repeat(70)}4111111111111111` }],
  ])('no fault of %j shows a number', (fields) => {
    const decoded = decode(fields);
    expect(decoded.payment).toBeNull();
    expect(JSON.stringify(decoded.faults)).not.toMatch(/4111 ?1111 ?1111|"123"/);
  });

  test('fields that ought to be short are masked in the payload too', () => {
    for (const field of ['card_bin', 'card_last4', 'metadata', 'currency', 'kind', 'country']) expect(decode({ [field]: '4111111111111111' })).toMatchObject({ payload: expect.not.stringContaining('4111111111111111') });
  });

  test('ids and references are not', () => {
    for (const field of ['transaction_id', 'customer_id', 'psp_reference']) expect(decode({ amount: 'x', [field]: '4111111111111111' })).toMatchObject({ payload: expect.stringContaining('4111111111111111') });
  });

  test('both of two equal keys are masked', () => {
    const decoded = decode('{"x":"4111111111111111","x":"clean"}');
    expect(decoded).toMatchObject({ payload: '{"x":"411111******1111","x":"clean"}' });
  });

  test('maskRawText leaves other text alone', () => expect(maskRawText('{"cvvx": 1234567, "order": 77')).toBe('{"cvvx": 1234567, "order": 77'));

  test('in UTF-16 they are found, too', () => {
    const decoded = decode(Buffer.from('paid with 4111111111111111, cvv 917', 'utf16le'));
    expect(decoded).toMatchObject({ payment: null, payload: 'paid with 411111******1111, cvv ***' });
  });

  test('nor is a longer number after the name of a code one', () => expect(maskRawText('cvv=1234567 cvv=123')).toBe('cvv=1234567 cvv=***'));
});
