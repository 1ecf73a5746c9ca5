import { expect, test } from 'vitest';
import { COMPARED_IN_PART, EXCEPTIONS_IN_PART, partsOf } from '../../../functions/reconciliation/message-tables.ts';

test.each([0, 1, 1_500_000, 1_500_001, 10_000_000, 1e9])('the parts of %i messages hold every hash once, in order, and whatever is none', (messages) => {
  const parts = partsOf(messages, 1_500_000);
  const digits = parts.flatMap(({ first_digits, last_digits }) => {
    const [first, last] = [Number.parseInt(first_digits || '00', 16), Number.parseInt(last_digits, 16)];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  expect(digits).toEqual(Array.from({ length: 256 }, (_, index) => index));
  expect([parts[0].first_digits, [...parts[0].first_hash]]).toEqual(['', []]);
  for (const [number, part] of parts.entries()) {
    const next = parts[number + 1];
    expect(part.is_last).toBe(next === undefined);
    if (next) expect([Buffer.from(part.next_hash).toString('hex'), next.first_hash]).toEqual([next.first_digits, part.next_hash]);
  }
});

test('few messages are one part, ten million are seven, or ten to be compared', () => {
  expect([100_000, 10_000_000].map((messages) => partsOf(messages, EXCEPTIONS_IN_PART).length)).toEqual([1, 7]);
  expect([100_000, 10_000_000].map((messages) => partsOf(messages, COMPARED_IN_PART).length)).toEqual([1, 10]);
});
