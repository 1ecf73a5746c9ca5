import { createHash, type Hash } from 'node:crypto';
import { EXIT, Failure } from '../../failure.ts';
import { readBytes } from './byte-source.ts';

/** How far a reader has come in a source: what it has consumed, and the hash that the source must begin with to go on. */
export interface Progress {
  readonly bytes_read: number;
  readonly lines_read: number;
  readonly messages_read: number;
  readonly prefix_sha256: Buffer;
  readonly finished: boolean;
}

/** SHA-256 of all bytes up to an offset, asked for at rising offsets. */
export interface PrefixHash {
  push(piece: Buffer): void;
  /** No digest will be asked for before this offset: nothing up to it need be held. */
  passTo(offset: number): void;
  digestAt(end: number): Buffer;
}

/** Bytes held for a digest before a long line is hashed as it comes. Prevents a file without line ends from being held whole. */
const HELD_AT_MOST = 4 * 1024 * 1024;

/** A hash up to an offset, and the pieces after it. */
interface HashedTo {
  readonly hash: Hash;
  offset: number;
  held: Buffer[];
  held_bytes: number;
  /** The offset lies inside a line, where no digest is asked for. */
  inside_line: boolean;
}

/**
 * Hashes what was consumed; pieces beyond the last offset asked for are held until then. Offsets asked for are ends of lines or of
 * the file, so pieces without a line end need not be held: a second hash runs ahead through them.
 */
export function prefixHash(heldAtMost = HELD_AT_MOST): PrefixHash {
  const runs: HashedTo[] = [{ hash: createHash('sha256'), offset: 0, held: [], held_bytes: 0, inside_line: false }];
  return {
    push(piece) {
      const last = runs.at(-1)!;
      const goesOn = last.inside_line && last.held_bytes === 0;
      if ((!goesOn && last.held_bytes < heldAtMost) || piece.includes(LINE_FEED)) {
        last.held.push(piece);
        last.held_bytes += piece.length;
      } else if (goesOn) {
        last.hash.update(piece);
        last.offset += piece.length;
      } else {
        const hash = last.hash.copy();
        for (const held of [...last.held, piece]) hash.update(held);
        runs.push({ hash, offset: last.offset + last.held_bytes + piece.length, held: [], held_bytes: 0, inside_line: true });
      }
    },
    passTo(offset) {
      advance(runs[0], offset);
    },
    digestAt(end) {
      while (runs.length > 1 && end >= runs[1].offset) runs.shift();
      advance(runs[0], end);
      return runs[0].hash.copy().digest();
    },
  };
}

function advance(run: HashedTo, end: number): void {
  while (run.held.length > 0 && run.offset < end) {
    const piece = run.held[0];
    const wanted = Math.min(piece.length, end - run.offset);
    run.hash.update(wanted === piece.length ? piece : piece.subarray(0, wanted));
    run.inside_line = false;
    run.offset += wanted;
    run.held_bytes -= wanted;
    if (wanted === piece.length) run.held.shift();
    else run.held = [piece.subarray(wanted), ...run.held.slice(1)];
  }
}

const LINE_FEED = 0x0a;

/**
 * The bytes of a source after what was consumed before. Throws `Failure` (exit 3) where the source doesn't begin with what was
 * consumed, or goes on in the middle of what was its last line.
 */
export async function* readOn(path: string, source: string, progress: Progress | null, hash: PrefixHash): AsyncGenerator<Buffer> {
  const consumed = progress?.bytes_read ?? 0;
  let offset = 0;
  let last = LINE_FEED; // the last byte consumed
  let checked = consumed === 0;
  for await (const piece of readBytes(path)) {
    hash.push(piece);
    const start = offset;
    offset += piece.length;
    if (start < consumed) last = piece[Math.min(piece.length, consumed - start) - 1];
    if (offset < consumed) {
      hash.passTo(offset);
      continue;
    }
    if (!checked) {
      checked = true;
      if (!hash.digestAt(consumed).equals(progress!.prefix_sha256)) throw otherContent(source, path);
    }
    const rest = start >= consumed ? piece : piece.subarray(consumed - start);
    if (rest.length === 0) continue;
    if (last !== LINE_FEED) throw grownLastLine(source, path, rest[0] === LINE_FEED);
    yield rest;
  }
  if (offset < consumed) throw otherContent(source, path);
}

function otherContent(source: string, path: string): Failure {
  return new Failure(
    EXIT.unusable,
    `The source ${source} was read before with other content: ${path} doesn't begin with the same bytes.`,
    'Message ids are made of source and line, so another file needs another name: give it one with --source.',
  );
}

function grownLastLine(source: string, path: string, onlyLineEnd: boolean): Failure {
  return new Failure(
    EXIT.unusable,
    `The last line of ${source} had no line end when it was read, and ${path} goes on ${onlyLineEnd ? 'after it' : 'in the middle of it'} now.`,
    'Put what is new into a file of its own (another name, or --source), and ingest that.',
  );
}
