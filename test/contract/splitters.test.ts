import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archiveSplitter } from '../../functions/adapters/embedded/archive-splitter.ts';
import { readLines } from '../../functions/adapters/embedded/line-reader.ts';
import { MAX_LINE_BYTES } from '../../functions/limits.ts';

type Found = { line: string; number: number; bytes: number; sha256: string | null };

const NOTHING = { bytes_read: 0, lines_read: 0 };

async function byPipeline(pieces: readonly Buffer[]): Promise<{ found: Found[]; lines: number; bytes: number }> {
  const found: Found[] = [];
  let reached = { lines_read: 0, end: 0 };
  for await (const read of readLines(asAsync(pieces), NOTHING)) {
    for (const { bytes, line_number, oversized } of read.lines) {
      found.push({ line: Buffer.from(bytes).toString('latin1'), number: line_number, bytes: oversized?.bytes ?? bytes.length, sha256: oversized?.sha256.toString('hex') ?? null });
    }
    reached = read;
  }
  return { found, lines: reached.lines_read, bytes: reached.end };
}

function byArchive(pieces: readonly Buffer[]): { found: Found[]; lines: number; bytes: number } {
  const splitter = archiveSplitter(0, 0);
  const rows = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
  const found = rows.map((row) => ({ line: row.line.toString('latin1'), number: row.line_number, bytes: row.line_bytes, sha256: row.line_sha256?.toString('hex') ?? null }));
  return { found, lines: splitter.lines, bytes: splitter.bytes };
}

async function* asAsync(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}

/** Cuts text into pieces at the given places, as a file comes in. */
function cut(content: Buffer, at: readonly number[]): Buffer[] {
  const places = [...new Set(at.map((one) => one % (content.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((start, index) => content.subarray(start, [...places, content.length][index])).filter((piece) => piece.length > 0);
}

const cases: [string, string, [number, string][]][] = [
  ['lines end with LF', 'a\nb\n', [[1, 'a'], [2, 'b']]],
  ['an unterminated last line is one', 'a\nb', [[1, 'a'], [2, 'b']]],
  ['a CR before LF is dropped, once', 'a\r\nb\r\r\n', [[1, 'a'], [2, 'b\r']]],
  ['a CR alone ends no line', 'a\rb\n', [[1, 'a\rb']]],
  ['a CR at the very end stays', 'a\r', [[1, 'a\r']]],
  ['blank lines count, but are no messages', '\n \t\n\r\na\n\n', [[4, 'a']]],
  ['a BOM is dropped at the start of a line', '\xef\xbb\xbfa\n\xef\xbb\xbfb', [[1, 'a'], [2, 'b']]],
  ['a BOM elsewhere stays', 'a\xef\xbb\xbf\n', [[1, 'a\xef\xbb\xbf']]],
  ['a line of a BOM only is blank', '\xef\xbb\xbf\na', [[2, 'a']]],
  ['nothing', '', []],
  ['65 blanks are a blank line', `${' '.repeat(65)}\na`, [[2, 'a']]],
];

test.each(cases)('both splitters: %s', async (_name, content, expected) => {
  const bytes = Buffer.from(content, 'latin1');
  for (const pieces of [[bytes], cut(bytes, [1, 3]), [...bytes].map((byte) => Buffer.from([byte]))]) {
    const kept = pieces.filter((piece) => piece.length > 0);
    expect((await byPipeline(kept)).found.map(({ number, line }) => [number, line])).toEqual(expected);
    expect(byArchive(kept).found.map(({ number, line }) => [number, line])).toEqual(expected);
  }
});

test('both splitters agree on any bytes, cut anywhere', async () => {
  const nasty = fc.array(fc.constantFrom('\n', '\r', '\r\n', ' ', '\t', '\xef\xbb\xbf', 'a', '{"x":1}', '\0', '\xff'), { maxLength: 40 }).map((parts) => Buffer.from(parts.join(''), 'latin1'));
  await fc.assert(
    fc.asyncProperty(nasty, fc.array(fc.nat(200), { maxLength: 6 }), async (content, at) => {
      const pieces = cut(content, at);
      const pipeline = await byPipeline(pieces);
      expect(byArchive(pieces)).toEqual(pipeline);
      expect(pipeline.bytes).toBe(content.length);
    }),
    { numRuns: 500 },
  );
});

test('a line over the limit keeps its length, its hash and its first 1,024 bytes, in both', async () => {
  for (const extra of [-1, 0, 1, 5_000_000]) {
    const long = Buffer.alloc(MAX_LINE_BYTES + extra, 'x');
    const content = Buffer.concat([Buffer.from('before\n'), long, Buffer.from('\nafter\n')]);
    const pieces = cut(content, [1_000_000, 1_048_580, 3_000_000]);
    const { found } = await byPipeline(pieces);
    expect(byArchive(pieces).found).toEqual(found);
    expect(found.map((one) => one.number)).toEqual([1, 2, 3]);
    expect(found[1].bytes).toBe(long.length);
    expect(found[1].line.length).toBe(extra > 0 ? 1_024 : long.length);
    expect(found[1].sha256).toBe(extra > 0 ? createHash('sha256').update(long).digest('hex') : null);
  }
});
