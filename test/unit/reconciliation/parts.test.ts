import { expect, test } from 'vitest';
import { COMPARED_IN_PART, EXCEPTIONS_IN_PART, partsOf } from '../../../functions/reconciliation/message-tables.ts';

const HIGHEST = 'ff'.repeat(31);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test.each([0, 1, 1_500_000, 1_500_001, 10_000_000, 1e9])('the parts of %i messages hold every hash once, in order', (messages) => {
  const parts = partsOf(messages, 1_500_000);
  const digits = parts.flatMap(({ first_digits, last_digits }) => {
    const [first, last] = [Number.parseInt(first_digits, 16), Number.parseInt(last_digits, 16)];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  expect(digits).toEqual(Array.from({ length: 256 }, (_, index) => index));
  for (const part of parts) {
    expect(hex(part.first_hash)).toBe(part.first_digits.padEnd(64, '0'));
    expect(hex(part.last_hash)).toBe(`${part.last_digits}${HIGHEST}`);
  }
});

test('few messages are one part, ten million are seven, or ten to be compared', () => {
  expect([100_000, 10_000_000].map((messages) => partsOf(messages, EXCEPTIONS_IN_PART).length)).toEqual([1, 7]);
  expect([100_000, 10_000_000].map((messages) => partsOf(messages, COMPARED_IN_PART).length)).toEqual([1, 10]);
});
