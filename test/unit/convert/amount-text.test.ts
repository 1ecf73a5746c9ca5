import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAmount, type AmountFormat } from '../../../functions/local/convert/amount-text.ts';

describe('an amount as exports write it', () => {
  test.each<[string, AmountFormat, string | null]>([
    ['500', 'decimal', '+500'],
    ['710.3', 'decimal', '+710.3'],
    ['1,234.50', 'decimal', '+1234.50'],
    ['1,234,567', 'decimal', '+1234567'],
    ['12,34,567.89', 'decimal', '+1234567.89'],
    ["1'234.50", 'decimal', '+1234.50'],
    ['1 234.50', 'decimal', '+1234.50'],
    ['1\u00a0234\u00a0567.5', 'decimal', '+1234567.5'],
    [' 12.00 ', 'decimal', '+12.00'],
    ['-12.00', 'decimal', '-12.00'],
    ['\u221212.00', 'decimal', '-12.00'],
    ['12.00-', 'decimal', '-12.00'],
    ['(12.00)', 'decimal', '-12.00'],
    ['£(12.00)', 'decimal', '-12.00'],
    ['-£12.00', 'decimal', '-12.00'],
    ['£ -12.00', 'decimal', '-12.00'],
    ['+12.00', 'decimal', '+12.00'],
    ['.5', 'decimal', '+0.5'],
    ['5.', 'decimal', '+5'],
    ['007.50', 'decimal', '+7.50'],
    ['0.00', 'decimal', '0 0.00'],
    ['-0.00', 'decimal', '0 0.00'],
    ['0', 'decimal', '0 0'],
    ['90071992547409.93', 'decimal', '+90071992547409.93'],
    ['1.234,50', 'decimal_comma', '+1234.50'],
    ['1.234', 'decimal_comma', '+1234'],
    ['1234,5', 'decimal_comma', '+1234.5'],
    ['1 234 567,05', 'decimal_comma', '+1234567.05'],
    ['-,5', 'decimal_comma', '-0.5'],
    ['123450', 'minor_units', '+123450'],
    ['-5', 'minor_units', '-5'],
    ['1,50', 'decimal', null],
    ['1,2345', 'decimal', null],
    ['1,234 567', 'decimal', null],
    ['12,34', 'decimal', null],
    ['1.234,50', 'decimal', null],
    ['1,234.50', 'decimal_comma', null],
    ['1.50', 'decimal_comma', null],
    ['1.5', 'minor_units', null],
    ['1,000', 'minor_units', null],
    ['1.2E+05', 'decimal', null],
    ['--5', 'decimal', null],
    ['-5-', 'decimal', null],
    ['(-5)', 'decimal', null],
    ['.', 'decimal', null],
    ['', 'decimal', null],
    ['-', 'decimal', null],
    ['€5', 'decimal', null],
    ['5 GBP', 'decimal', null],
    ['1.2.3', 'decimal', null],
    ['٥', 'decimal', null],
    ['0x10', 'decimal', null],
    ['NaN', 'decimal', null],
  ])('%j as %s is %j', (text, format, expected) => {
    const read = readAmount(text, format, ['£']);
    expect(read && `${{ negative: '-', positive: '+', zero: '0 ' }[read.sign]}${read.digits}`).toBe(expected);
  });

  test('whatever the groups and the marks, digits and sign stay as they are', () => {
    const amount = fc.record({ whole: fc.bigInt({ min: 0n, max: 10n ** 15n }), cents: fc.integer({ min: 0, max: 99 }), negative: fc.boolean(), style: fc.constantFrom('plain', 'grouped', 'comma', 'brackets', 'trailing') });
    fc.assert(fc.property(amount, ({ whole, cents, negative, style }) => {
      const fraction = String(cents).padStart(2, '0');
      const grouped = (separator: string) => whole.toString().replace(/\B(?=(\d{3})+$)/g, separator);
      const comma = style === 'comma';
      const bare = comma ? `${grouped('.')},${fraction}` : `${style === 'grouped' ? grouped(',') : whole}.${fraction}`;
      const text = !negative ? bare : style === 'brackets' ? `(${bare})` : style === 'trailing' ? `${bare}-` : `-${bare}`;
      const isZero = whole === 0n && cents === 0;
      expect(readAmount(text, comma ? 'decimal_comma' : 'decimal', [])).toEqual({ digits: `${whole}.${fraction}`, sign: isZero ? 'zero' : negative ? 'negative' : 'positive' });
    }));
  });
});
