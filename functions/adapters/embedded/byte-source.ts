import { createReadStream, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { EXIT, Failure } from '../../failure.ts';

/** Bytes read from a file at once. */
const READ_BYTES = 1024 * 1024;
/** Bytes decompressed at once: a gzip grows at most 1,032 times, so this bounds the memory that one piece can take. */
const GUNZIP_BYTES = 64 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b];

/** The failure of a source that could be read up to a point only: what came before it stands. */
export class BrokenOff extends Failure {}

/**
 * The bytes of a file in pieces, a gzip decompressed on the way. Throws `Failure` (exit 3) for what can't be read; `BrokenOff` for a
 * gzip that ends early and for a file that changes while it is read: what was yielded before stands.
 */
export async function* readBytes(path: string): AsyncGenerator<Buffer> {
  const before = await statFile(path);
  const file = createReadStream(path, { highWaterMark: READ_BYTES });
  const bytes = (await isGzip(path)) ? gunzip(file) : file;
  try {
    for await (const piece of bytes) yield piece as Buffer;
  } catch (error) {
    throw readFailure(path, error as NodeJS.ErrnoException);
  } finally {
    file.destroy();
  }
  const after = await statFile(path);
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
    throw changedFailure(path);
  }
}

/** The failure (exit 3) of a source that was written to while it was read. */
export function changedFailure(path: string): BrokenOff {
  return new BrokenOff(EXIT.unusable, `${path} changed while it was read.`, 'Run the same command again when nobody writes to it: it goes on where it was.');
}

/**
 * Decompresses piece by piece. What comes out before a fault is handed on before the fault is thrown: read as a stream, a damaged
 * gzip drops what was decompressed and not yet fetched, so whole lines would be lost.
 */
async function* gunzip(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gzip = createGunzip({ chunkSize: READ_BYTES });
  let ready: Buffer[] = [];
  let failure: Error | null = null;
  const closed = new Promise<void>((resolve) => gzip.once('close', resolve));
  gzip.on('data', (piece: Buffer) => void ready.push(piece));
  gzip.on('error', (error) => void (failure = error));
  const takeReady = () => {
    const taken = ready;
    ready = [];
    return taken;
  };
  try {
    for await (const compressed of file) {
      for (let at = 0; at < compressed.length && !failure; at += GUNZIP_BYTES) {
        const taken = new Promise<void>((resolve) => gzip.write(compressed.subarray(at, at + GUNZIP_BYTES), () => resolve()));
        await Promise.race([taken, closed]);
        yield* takeReady();
      }
      if (failure) throw failure;
    }
    gzip.end();
    await closed;
    yield* takeReady();
    if (failure) throw failure;
  } finally {
    gzip.destroy();
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === GZIP_MAGIC[0] && buffer[1] === GZIP_MAGIC[1];
  } finally {
    await file.close();
  }
}

async function statFile(path: string): Promise<Stats> {
  let found: Stats;
  try {
    found = await stat(path);
    if (found.isFile()) await (await open(path)).close();
  } catch (error) {
    throw readFailure(path, error as NodeJS.ErrnoException);
  }
  if (!found.isFile()) throw new Failure(EXIT.unusable, `${path} is not a file.`, 'Name a file of JSON lines, or `-` for standard input.');
  return found;
}

function readFailure(path: string, error: NodeJS.ErrnoException): Error {
  if (error instanceof Failure) return error;
  if (error.code === 'ENOENT') return new Failure(EXIT.unusable, `${path} doesn't exist.`, 'Check the name.');
  if (error.code === 'EACCES') return new Failure(EXIT.unusable, `${path} can't be read: no permission.`, 'Give this user the right to read it.');
  if (error.code?.startsWith('Z_')) {
    return new BrokenOff(EXIT.unusable, `${path} is a gzip that is damaged or ends early (${error.message}).`, 'Whole lines that could be read before that point are kept. Get the whole file and run the same command again: it goes on where it was.');
  }
  return error;
}
