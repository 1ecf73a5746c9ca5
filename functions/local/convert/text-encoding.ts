import { TextDecoder } from 'node:util';
import { EXIT, Failure } from '../../failure.ts';
import { readBytes } from '../../adapters/embedded/byte-source.ts';

const ENCODINGS = ['utf-8', 'utf-16le', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** The bytes of a whole file. A file that ends early converts to nothing, so what can be done differs from ingesting. */
export async function* wholeFile(path: string): AsyncGenerator<Buffer> {
  try {
    yield* readBytes(path);
  } catch (error) {
    if (error instanceof Failure) throw new Failure(error.exitCode, error.message, 'Nothing was written. Get the whole file, in a place where it can be read, and run the same command again.');
    throw error;
  }
}

/**
 * Which encoding a file is in: by its byte order mark, whatever was asked for; else the one asked for; else (`auto`) UTF-8 if all
 * of it is valid UTF-8, or Windows-1252, which any bytes are, and Latin-1 all but is. For `auto` the whole file is read, for a
 * name is often the only word in it that tells.
 */
export async function encodingOf(path: string, asked: Encoding | 'auto'): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  for await (const piece of wholeFile(path)) {
    const marked = first ? markedEncoding(piece) : null;
    if (marked !== null) return marked;
    if (asked !== 'auto') return asked;
    first = false;
    try {
      decoder.decode(piece, { stream: true });
    } catch {
      return 'windows-1252';
    }
  }
  return isComplete(decoder) ? 'utf-8' : 'windows-1252';
}

function markedEncoding(bytes: Buffer): Encoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : null;
}

function isComplete(decoder: TextDecoder): boolean {
  try {
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** The text of a file in pieces, without a byte order mark. Throws `Failure` (exit 3) where the bytes aren't in that encoding. */
export async function* readText(path: string, encoding: Encoding, progress: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const piece of wholeFile(path)) {
      progress(piece.length);
      yield decoder.decode(piece, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Failure(EXIT.unusable, `${path} isn't in ${encoding}.`, 'Say the right encoding in the map (input.encoding), or "auto".');
  }
}
