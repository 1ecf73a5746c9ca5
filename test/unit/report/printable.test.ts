import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { anyText } from './any-text.ts';
import { readableAge, readableDelay } from '../../../functions/figures.ts';
import { conflictRow } from '../../../functions/reconciliation/report/phrases.ts';
import { printable, readableTime } from '../../../functions/reconciliation/report/printable.ts';
import { TEXT_WIDTH, textTable, wrapped } from '../../../functions/reconciliation/report/text-layout.ts';

describe('texts of strangers', () => {
  test.each([
    ['plain ÄÖ 支付 😀', 'plain ÄÖ 支付 😀'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['a\nb\tc\0', 'a\\u000ab\\u0009c\\u0000'],
    ['\u009b31m', '\\u009b31m'],
    ['abc\u202egnp', 'abc\\u202egnp'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['\ud800 half', '\\ud800 half'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
  ])('%j is shown as %s', (text, shown) => expect(printable(text)).toBe(shown));

  it('never lets a control through', () => {
    fc.assert(fc.property(anyText, (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }));
  });
});

test.each([[0, '0 min'], [59, '59 min'], [60, '1 h 0 min'], [1_439, '23 h 59 min'], [1_440, '1 d 0 h'], [3_210, '2 d 5 h']])('%i minutes are %s', (minutes, text) => {
  expect(readableDelay(minutes)).toBe(text);
});
test.each([[null, 'unknown'], [0, '0 days'], [1, '1 day'], [31, '31 days']])('an age of %s is %s', (days, text) => expect(readableAge(days)).toBe(text));
test('times lose their fraction', () => expect(readableTime('2026-01-31T23:59:59.999999Z')).toBe('2026-01-31 23:59:59 UTC'));

test.each([
  [{ field: 'amount', posted: '1234.50', copy: null }, ['amount', '1,234.50', '(none)']],
  [{ field: 'merchant_id', posted: '1234', copy: '5678' }, ['merchant_id', '1234', '5678']],
])('a conflict in %j', (field, row) => expect(conflictRow(field)).toEqual(row));

describe('lines of a terminal', () => {
  it('wraps without losing a character, within the width', () => {
    fc.assert(fc.property(fc.array(fc.string({ minLength: 1, maxLength: 250 }).map((word) => word.replaceAll(' ', '_')), { minLength: 1 }), (words) => {
      const lines = wrapped(words.join(' '), '  ', '    ');
      expect(lines.map((line) => line.trim()).join('').replaceAll(' ', '')).toBe(printable(words.join('')));
      expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(TEXT_WIDTH);
    }));
  });

  it('writes blocks where a table would be too wide', () => {
    const table = textTable([{ title: 'id' }, { title: 'amount', figures: true }], [['x'.repeat(120), '1.00'], ['y', '2.00']]);
    expect(table).toEqual([`  id      ${'x'.repeat(90)}`, `          ${'x'.repeat(30)}`, '  amount  1.00', '', '  id      y', '  amount  2.00']);
  });

  it('lets no control through in a table', () => {
    expect(textTable([{ title: 'id' }], [['a\u001b[31m\n']])).toEqual(['  id', `  ${'-'.repeat(17)}`, '  a\\u001b[31m\\u000a']);
  });

  it('sets figures to the right', () => {
    expect(textTable([{ title: 'id' }, { title: 'amount', figures: true }], [['a', '1.00'], ['b', '1,000.00']])).toEqual([
      '  id    amount',
      '  --  --------',
      '  a       1.00',
      '  b   1,000.00',
    ]);
  });
});
