import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prefixHash } from '../../functions/adapters/embedded/consumed-prefix.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('the hash of what was consumed is right at the end of any line, however the bytes come and however little is held', () => {
  const piece = fc.array(fc.constantFrom('a', 'b', 'long line without an end', '\n'), { minLength: 1, maxLength: 6 }).map((parts) => Buffer.from(parts.join('')));
  fc.assert(
    fc.property(fc.array(fc.record({ piece, ask: fc.option(fc.nat()) }), { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (steps, heldAtMost) => {
      const hash = prefixHash(heldAtMost);
      let all = Buffer.alloc(0);
      let last = 0;
      for (const step of steps) {
        hash.push(step.piece);
        all = Buffer.concat([all, step.piece]);
        const ends = [...all.keys()].filter((at) => all[at] === 10 && at + 1 >= last).map((at) => at + 1);
        if (step.ask === null || ends.length === 0) continue;
        last = ends[step.ask % ends.length];
        expect(hash.digestAt(last).toString('hex')).toBe(sha256(all.subarray(0, last)));
      }
      expect(hash.digestAt(all.length).toString('hex')).toBe(sha256(all));
    }),
    { numRuns: 500 },
  );
});
