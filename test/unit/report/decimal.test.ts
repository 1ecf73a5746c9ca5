import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { grouped } from '../../../functions/figures.ts';
import { decimalText, isZero, moneyText, toUnits } from '../../../functions/reconciliation/report/decimal.ts';

describe('money as text, exact', () => {
  test.each([
    ['10.500000000', 'EUR', '10.50'],
    ['10.5', 'EUR', '10.50'],
    ['-0.050000000', 'EUR', '-0.05'],
    ['1500.000000000', 'JPY', '1500'],
    ['1.234', 'BHD', '1.234'],
    ['1.2', 'BHD', '1.200'],
    ['1.0001', 'CLF', '1.0001'],
    ['10000000000000.00', 'EUR', '10000000000000.00'],
    ['1000000000000000', 'JPY', '1000000000000000'],
    ['12345678901234567890123456789.123456789', 'EUR', '12345678901234567890123456789.123456789'],
    ['0.001', 'EUR', '0.001'], // finer than a cent: shown, never rounded away
    ['0.5', 'JPY', '0.5'],
    ['12.50', 'no ISO code', '12.5'],
    ['0', 'EUR', '0.00'],
    ['-0', 'EUR', '0.00'],
  ])('%s %s is %s', (numeric, currency, text) => expect(moneyText(numeric, currency)).toBe(text));

  test.each(['', '1e3', '1,5', '.5', '5.', ' 1', '+1', 'NaN', '1.1234567891'])('%j is no amount', (text) => {
    expect(() => toUnits(text)).toThrow(TypeError);
  });

  it('reads back what it writes', () => {
    fc.assert(fc.property(fc.bigInt(-(10n ** 37n), 10n ** 37n), fc.constantFrom('EUR', 'JPY', 'BHD', '???'), (units, currency) => {
      expect(toUnits(decimalText(units, currency))).toBe(units);
    }));
  });
});

describe('separators for people', () => {
  test.each([
    ['0', '0'],
    ['999', '999'],
    ['1000', '1,000'],
    ['-1000', '-1,000'],
    ['-100', '-100'],
    ['1234567.8901', '1,234,567.8901'],
    ['10000000000000.00', '10,000,000,000,000.00'],
  ])('%s is %s', (decimal, text) => expect(grouped(decimal)).toBe(text));
});

test.each([['0', true], ['-0.000', true], ['0.001', false], ['10', false]])('%s is nothing: %s', (text, expected) => expect(isZero(text)).toBe(expected));
