import { createHash } from 'node:crypto';
import { EXIT, Failure } from '../../local/failure.ts';
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
  digestAt(end: number): Buffer;
}

/** Hashes what was consumed; pieces beyond the last offset asked for are held until then. */
export function prefixHash(): PrefixHash {
  const hash = createHash('sha256');
  let hashed = 0;
  let held: Buffer[] = [];
  return {
    push: (piece) => void held.push(piece),
    digestAt(end) {
      while (held.length > 0 && hashed < end) {
        const piece = held[0];
        const wanted = Math.min(piece.length, end - hashed);
        hash.update(wanted === piece.length ? piece : piece.subarray(0, wanted));
        hashed += wanted;
        if (wanted === piece.length) held.shift();
        else held = [piece.subarray(wanted), ...held.slice(1)];
      }
      return hash.copy().digest();
    },
  };
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
    if (offset < consumed) continue;
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
