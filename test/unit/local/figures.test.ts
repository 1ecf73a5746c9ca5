import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allOf, aSecond, counted, grouped, money, percent, readableAge, readableDelay, seconds, share } from '../../../functions/figures.ts';

test.each([
  ['a count', grouped(1_234_567), '1,234,567'],
  ['a small one', grouped(999), '999'],
  ['a sum beyond what a number holds', grouped(12_345_678_901_234_567_890n), '12,345,678,901,234,567,890'],
  ['a decimal, whose fraction stays', grouped('-1234567.8000'), '-1,234,567.8000'],
  ['none', counted(0, 'payment'), '0 payments'],
  ['one', counted(1, 'payment'), '1 payment'],
  ['many', counted(1_000, 'payment'), '1,000 payments'],
  ['another plural', counted(2, 'delivery', 'deliveries'), '2 deliveries'],
  ['one with another plural', counted(1, 'delivery', 'deliveries'), '1 delivery'],
  ['all of one', allOf(1, 'row'), 'the only row'],
  ['all of some', allOf(1_200, 'row'), 'all 1,200 rows'],
  ['money', money('-1234.50', 'EUR'), '-1,234.50 EUR'],
  ['a share, cut and never rounded up to all', percent(share(99_999, 100_000)), '99.99 %'],
  ['a small share', percent(share(1, 10_000)), '0.01 %'],
  ['all', percent(share(7, 7)), '100.00 %'],
  ['a share of nothing', percent(share(0, 0)), ''],
  ['seconds', seconds(0.04), '0.0 s'],
  ['many seconds', seconds(12_345.67), '12,345.7 s'],
  ['a rate', aSecond(60_000, 4), '15,000 a second'],
  ['a rate in no time', aSecond(1, 0), '1,000 a second'],
  ['minutes', readableDelay(59), '59 min'],
  ['hours', readableDelay(200), '3 h 20 min'],
  ['days', readableDelay(2 * 24 * 60 + 5 * 60 + 59), '2 d 5 h'],
  ['an age of a day', readableAge(1), '1 day'],
  ['an age', readableAge(1_200), '1,200 days'],
  ['an unknown age', readableAge(null), 'unknown'],
])('%s: %s', (_what, written, expected) => expect(written).toBe(expected));

test('commas take nothing away and add nothing', () => {
  fc.assert(fc.property(fc.bigInt(), (figure) => {
    expect(grouped(figure).replaceAll(',', '')).toBe(figure.toString());
    expect(grouped(figure)).toBe(figure.toLocaleString('en'));
  }));
});
