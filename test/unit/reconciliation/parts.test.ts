import { expect, test } from 'vitest';
import { partsOf } from '../../../functions/reconciliation/message-tables.ts';

test.each([0, 1, 1_500_000, 1_500_001, 10_000_000, 1e9])('the parts of %i messages hold every first two digits once, in order', (messages) => {
  const parts = partsOf(messages);
  const digits = parts.flatMap(({ first_digits, last_digits }) => {
    const [first, last] = [Number.parseInt(first_digits, 16), Number.parseInt(last_digits, 16)];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  expect(digits).toEqual(Array.from({ length: 256 }, (_, index) => index));
  expect(parts.every((part) => part.first_digits.length === 2 && part.last_digits.length === 2)).toBe(true);
});

test('few messages are one part, ten million are seven', () => {
  expect([partsOf(100_000).length, partsOf(10_000_000).length]).toEqual([1, 7]);
});
