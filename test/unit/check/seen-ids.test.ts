import { hash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seenIds } from '../../../functions/local/check/seen-ids.ts';

const sha256 = (text: string) => hash('sha256', text, 'buffer');

test('finds what a Map finds, whatever comes in which order', () => {
  const lines = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 2 })), { maxLength: 600 });
  fc.assert(fc.property(lines, (pairs) => {
    const ids = seenIds();
    const model = new Map<number, { line: number; content: number }>();
    for (const [at, [id, content]] of pairs.entries()) {
      const before = model.get(id);
      if (!before) model.set(id, { line: at + 1, content });
      expect(ids.see(sha256(`${id}`), sha256(`${content}`), at + 1)).toEqual(before ? { line_number: before.line, same: before.content === content } : null);
    }
  }), { numRuns: 30 });
});

test('keeps tens of thousands while it grows', () => {
  const ids = seenIds();
  const hashes = Array.from({ length: 30_000 }, (_, n) => sha256(`${n}`));
  expect(hashes.filter((id, at) => ids.see(id, id, at + 1) !== null)).toEqual([]);
  expect(hashes.map((id) => ids.see(id, id, 99_999)?.line_number)).toEqual(hashes.map((_, at) => at + 1));
  expect(ids.notKept()).toBe(0);
});

test('tells apart ids that begin alike, up to 16 bytes', () => {
  const ids = seenIds();
  const like = (last: number) => Buffer.from([...Array.from({ length: 15 }, () => 7), last, last]);
  expect(ids.see(like(1), like(1), 1)).toBeNull();
  expect(ids.see(like(2), like(1), 2)).toBeNull();
  expect(ids.see(like(2), like(1), 3)).toEqual({ line_number: 2, same: true });
});

test('keeps no more than its limit, and says so', () => {
  const ids = seenIds(2);
  for (const [line, id] of ['a', 'b', 'c', 'c', 'a'].entries()) {
    expect(ids.see(sha256(id), sha256(''), line + 1)).toEqual(line === 4 ? { line_number: 1, same: true } : null);
  }
  expect(ids.notKept()).toBe(2);
});
