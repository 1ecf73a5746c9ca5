import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_AMOUNT_MINOR } from '../../../functions/limits.ts';
import { allCurrencies, currencyByCode, isWithoutExponent } from '../../../functions/payment/currencies.ts';
import { formatMinor, parseAmount } from '../../../functions/payment/money.ts';

describe('parseAmount', () => {
  test.each([
    ['10.50', 2, 1050n],
    ['10.5', 2, 1050n],
    ['10', 2, 1000n],
    ['0', 2, 0n],
    ['0.00', 2, 0n],
    ['0.05', 2, 5n],
    ['10.500000000000000000', 2, 1050n],
    ['1200', 0, 1200n],
    ['1200.000', 0, 1200n],
    ['1.234', 3, 1234n],
    ['0.0001', 4, 1n],
    ['10000000000000.00', 2, MAX_AMOUNT_MINOR],
    ['1000000000000000', 0, MAX_AMOUNT_MINOR],
    ['10000000000000.01', 2, 'too_large'],
    ['999999999999999999', 0, 'too_large'],
    ['10.505', 2, 'too_precise'],
    ['10.5', 0, 'too_precise'],
    ['1.2345', 3, 'too_precise'],
    ['0.000000000000000001', 4, 'too_precise'],
    ['1000000000000000000', 0, 'not_decimal'],
    ['1.0000000000000000000', 2, 'not_decimal'],
    ['', 2, 'not_decimal'],
    ['.5', 2, 'not_decimal'],
    ['5.', 2, 'not_decimal'],
    ['05', 2, 'not_decimal'],
    ['+5', 2, 'not_decimal'],
    ['-5', 2, 'not_decimal'],
    ['-0', 2, 'not_decimal'],
    ['1e3', 2, 'not_decimal'],
    ['1,50', 2, 'not_decimal'],
    ['1 000', 2, 'not_decimal'],
    ['10.50 ', 2, 'not_decimal'],
    ['10.50\n', 2, 'not_decimal'],
    ['٣', 2, 'not_decimal'],
    ['Infinity', 2, 'not_decimal'],
    ['0x10', 2, 'not_decimal'],
  ])('%j with %d digits', (text, exponent, expected) => expect(parseAmount(text, exponent)).toBe(expected));

  const minor = fc.bigInt({ min: 0n, max: MAX_AMOUNT_MINOR });
  const exponent = fc.constantFrom(0, 2, 3, 4);

  test('reads back what formatMinor writes, to the last unit', () => {
    fc.assert(fc.property(minor, exponent, (amount, digits) => {
      expect(parseAmount(formatMinor(amount, digits), digits)).toBe(amount);
    }));
  });

  test('zeros at the end change nothing, any other digit there is refused', () => {
    fc.assert(fc.property(minor, fc.constantFrom(2, 3, 4), fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 9 }), (amount, digits, zeros, digit) => {
      const text = formatMinor(amount, digits) + '0'.repeat(zeros - 1);
      expect(parseAmount(`${text}0`, digits)).toBe(amount);
      expect(parseAmount(`${text}${digit}`, digits)).toBe('too_precise');
    }));
  });
});

test.each([
  [1050n, 2, '10.50'],
  [5n, 2, '0.05'],
  [0n, 2, '0.00'],
  [-5n, 2, '-0.05'],
  [-1050n, 2, '-10.50'],
  [1200n, 0, '1200'],
  [-1n, 3, '-0.001'],
  [9_007_199_254_740_993n, 2, '90071992547409.93'],
  [123_456_789_012_345_678_901_234_567_890n, 2, '1234567890123456789012345678.90'],
])('formatMinor(%s, %d) is %s', (minor, exponent, text) => expect(formatMinor(minor, exponent)).toBe(text));

describe('currencies', () => {
  test.each([
    ['EUR', 2], ['USD', 2], ['GBP', 2], ['JPY', 0], ['KRW', 0], ['CLP', 0], ['ISK', 0], ['VND', 0], ['BHD', 3], ['KWD', 3], ['TND', 3], ['CLF', 4], ['UYW', 4],
    ['IDR', 2], ['HUF', 2], ['MGA', 2], ['MRU', 2], ['UGX', 0], ['XOF', 0], ['XCG', 2], ['HRK', 2], ['ITL', 0],
  ])('%s has %d digits', (code, exponent) => expect(currencyByCode(code)?.exponent).toBe(exponent));

  test.each([
    ['HRK', null, '2023-01-01', 'EUR'], ['BGN', null, '2026-01-01', 'EUR'], ['ANG', null, '2025-03-31', 'XCG'], ['XCG', '2025-03-31', null, null],
    ['ZWL', null, '2024-09-01', 'ZWG'], ['SLE', '2022-04-01', null, null], ['VED', '2021-10-01', null, null], ['EUR', null, null, null],
  ])('%s is valid from %s until %s', (code, from, until, successor) => {
    expect(currencyByCode(code)).toMatchObject({ valid_from: from, valid_until: until, successor });
  });

  test('is complete and without doubles', () => {
    const codes = allCurrencies().map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    const withoutMinorUnit = new Set(Intl.supportedValuesOf('currency').filter(isWithoutExponent));
    const unknownHere = Intl.supportedValuesOf('currency').filter((code) => !withoutMinorUnit.has(code) && currencyByCode(code) === undefined);
    expect(unknownHere).toEqual([]);
    expect(codes.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
    expect(allCurrencies().filter(({ valid_until }) => valid_until === null)).toHaveLength(165);
  });

  test('every withdrawn currency names one that exists', () => {
    for (const { successor, valid_until, valid_from } of allCurrencies()) {
      if (successor !== null) expect(currencyByCode(successor)).toBeDefined();
      for (const day of [valid_until, valid_from]) if (day !== null) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
    }
  });

  test.each(['XAU', 'XAG', 'XPT', 'XPD', 'XXX', 'XTS', 'XDR', 'XSU', 'XUA', 'XBA'])('%s has no exponent and is no currency here', (code) => {
    expect(isWithoutExponent(code)).toBe(true);
    expect(currencyByCode(code)).toBeUndefined();
  });
});
