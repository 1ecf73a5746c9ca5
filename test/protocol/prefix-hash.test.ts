import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prefixHash, readOn } from '../../functions/adapters/embedded/consumed-prefix.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

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

test('going on after what was consumed needs no memory for it: each piece is hashed and let go of', async () => {
  const path = join(temporaryDirectory(), 'f');
  const content = Buffer.alloc(10_000 * 500, `${'x'.repeat(499)}\n`);
  writeFileSync(path, Buffer.concat([content, Buffer.from('next\n')]));
  const progress = { bytes_read: content.length, lines_read: 1, messages_read: 1, prefix_sha256: Buffer.from(sha256(content), 'hex'), finished: false };
  const hash = prefixHash();
  let held = 0;
  let most = 0;
  const watched: typeof hash = {
    push(piece) {
      held += piece.length;
      most = Math.max(most, held);
      hash.push(piece);
    },
    passTo(offset) {
      held = 0;
      hash.passTo(offset);
    },
    digestAt: (end) => hash.digestAt(end),
  };
  const rest: Buffer[] = [];
  for await (const piece of readOn(path, 's', progress, watched)) rest.push(piece);
  expect(Buffer.concat(rest).toString()).toBe('next\n');
  expect(most).toBeLessThanOrEqual(1024 * 1024 + 'next\n'.length);
  expect(hash.digestAt(content.length + 5).toString('hex')).toBe(sha256(Buffer.concat([content, Buffer.from('next\n')])));
});
