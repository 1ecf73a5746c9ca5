import { createHash, type Hash } from 'node:crypto';
import { MAX_LINE_BYTES, OVERSIZED_LINE_KEPT_BYTES } from '../../limits.ts';

/** A line of a source that holds a message: not blank, without its line end, a CR before that, and a BOM. */
export interface Line {
  readonly bytes: Uint8Array;
  /** Physical line, from 1. */
  readonly line_number: number;
  /** Offset in the source right after the line and its end. */
  readonly end: number;
  /** Set where the line was over the limit: `bytes` are its first ones then. */
  readonly oversized: { readonly bytes: number; readonly sha256: Buffer } | null;
}

/** Lines with how far they reach, blank ones counted. */
export interface Lines {
  readonly lines: readonly Line[];
  readonly lines_read: number;
  readonly end: number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Splits bytes into lines, a piece at a time. Only LF ends a line; an unterminated last one is a line, taken only when the bytes
 * end without an error. Starts counting after what was consumed before.
 */
export async function* readLines(pieces: AsyncIterable<Buffer>, after: { readonly bytes_read: number; readonly lines_read: number }): AsyncGenerator<Lines> {
  let offset = after.bytes_read;
  let number = after.lines_read;
  let begun: Unfinished = { parts: [], bytes: 0, hash: null };
  for await (const piece of pieces) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = piece.indexOf(LINE_FEED); end !== -1; end = piece.indexOf(LINE_FEED, start)) {
      number += 1;
      const line = begun.bytes === 0 && end - start <= MAX_LINE_BYTES ? whole(piece.subarray(start, end), true) : finish(addTo(begun, piece.subarray(start, end)), true);
      start = end + 1;
      if (line) lines.push({ bytes: line.bytes, line_number: number, end: offset + start, oversized: line.oversized });
      if (begun.bytes > 0) begun = { parts: [], bytes: 0, hash: null };
    }
    if (start < piece.length) begun = addTo(begun, piece.subarray(start));
    offset += piece.length;
    yield { lines, lines_read: number, end: offset - begun.bytes };
  }
  if (begun.bytes === 0) return;
  const last = finish(begun, false);
  yield { lines: last ? [{ ...last, line_number: number + 1, end: offset }] : [], lines_read: number + 1, end: offset };
}

/** A line whose end hasn't come yet. Over the limit only its first bytes are kept, and the hash goes on. */
interface Unfinished {
  readonly parts: readonly Uint8Array[];
  readonly bytes: number;
  readonly hash: Hash | null;
}

function addTo(line: Unfinished, part: Uint8Array): Unfinished {
  const bytes = line.bytes + part.length;
  if (line.hash) return { ...line, bytes, hash: line.hash.update(part) };
  const parts = [...line.parts, part];
  if (bytes <= MAX_LINE_BYTES) return { parts, bytes, hash: null };
  const hash = createHash('sha256');
  for (const one of parts) hash.update(one);
  return { parts: [Buffer.concat(parts).subarray(0, OVERSIZED_LINE_KEPT_BYTES)], bytes, hash };
}

type Content = Pick<Line, 'bytes' | 'oversized'>;

function finish(line: Unfinished, terminated: boolean): Content | null {
  if (line.hash) return { bytes: line.parts[0], oversized: { bytes: line.bytes, sha256: line.hash.digest() } };
  return whole(Buffer.concat(line.parts), terminated);
}

/** The line without CR and BOM, or null where nothing but white space is left. */
function whole(line: Uint8Array, terminated: boolean): Content | null {
  let start = 0;
  let end = line.length;
  if (terminated && end > 0 && line[end - 1] === CARRIAGE_RETURN) end -= 1;
  if (end >= 3 && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf) start = 3;
  const bytes = start === 0 && end === line.length ? line : line.subarray(start, end);
  return isBlank(bytes) ? null : { bytes, oversized: null };
}

function isBlank(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte !== 0x20 && byte !== 0x09 && byte !== CARRIAGE_RETURN) return false;
  }
  return true;
}
