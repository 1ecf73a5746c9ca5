import { createHash } from 'node:crypto';

/**
 * The raw archive's own splitter: it imports nothing of the pipeline, so that a line lost by one reader is seen by the other.
 * The rules are the same: LF ends a line; a CR before it and a BOM are dropped; lines of white space are blank.
 */
export interface RawLine {
  readonly line_number: number;
  readonly line: Buffer;
  readonly line_bytes: number;
  /** Of the whole line, where it was too long to keep. */
  readonly line_sha256: Buffer | null;
}

export interface ArchiveSplitter {
  /** The lines that a further piece completes. */
  push(piece: Buffer): RawLine[];
  /** The last line, where the source ends without a line end. */
  end(): RawLine[];
  /** Physical lines completed so far. */
  readonly lines: number;
  /** Bytes consumed by completed lines. */
  readonly bytes: number;
}

/** Bytes from which on a line is kept by its beginning, its length and its hash only. */
const LONGEST_LINE = 1_048_576;
const KEPT_OF_LONG_LINE = 1_024;
const NOTHING: Buffer = Buffer.alloc(0);
const LINE_FEED = 10;
const BLANK = /^[ \t\r]*$/;

/** Splits a source into lines from where an earlier run left it: so many bytes consumed, and lines completed, before the first piece. */
export function archiveSplitter(bytes: number, lines: number): ArchiveSplitter {
  let tail = NOTHING;
  let long: { hash: ReturnType<typeof createHash>; head: Buffer; length: number } | null = null;
  const splitter = {
    bytes,
    lines,
    push(piece: Buffer): RawLine[] {
      const found: RawLine[] = [];
      let start = 0;
      for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, start)) {
        if (at > start) take(piece.subarray(start, at));
        start = at + 1;
        complete(found, true);
      }
      if (start < piece.length) take(piece.subarray(start));
      return found;
    },
    end(): RawLine[] {
      const found: RawLine[] = [];
      if (long || tail.length > 0) complete(found, false);
      return found;
    },
  };

  function take(part: Buffer): void {
    if (!long && tail.length + part.length > LONGEST_LINE) {
      const start = tail.length >= KEPT_OF_LONG_LINE ? tail : Buffer.concat([tail, part.subarray(0, KEPT_OF_LONG_LINE)]);
      long = { hash: createHash('sha256').update(tail), head: Buffer.from(start.subarray(0, KEPT_OF_LONG_LINE)), length: tail.length };
      tail = NOTHING;
    }
    if (long) {
      long.hash.update(part);
      long.length += part.length;
    } else {
      tail = tail.length === 0 ? part : Buffer.concat([tail, part]);
    }
  }

  function complete(found: RawLine[], ended: boolean): void {
    splitter.lines += 1;
    splitter.bytes += (long ? long.length : tail.length) + (ended ? 1 : 0);
    if (long) {
      found.push({ line_number: splitter.lines, line: long.head, line_bytes: long.length, line_sha256: long.hash.digest() });
    } else {
      const line = trimmed(tail, ended);
      if (!isBlank(line)) found.push({ line_number: splitter.lines, line, line_bytes: line.length, line_sha256: null });
    }
    long = null;
    tail = NOTHING;
  }
  return splitter;
}

function isBlank(line: Buffer): boolean {
  return line.length === 0 || (line[0] <= 32 && BLANK.test(line.toString('latin1')));
}

function trimmed(line: Buffer, ended: boolean): Buffer {
  const end = ended && line.at(-1) === 13 ? line.length - 1 : line.length;
  const start = end >= 3 && line.readUIntBE(0, 3) === 0xefbbbf ? 3 : 0;
  return start === 0 && end === line.length ? line : line.subarray(start, end);
}
