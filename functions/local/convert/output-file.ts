import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EXIT, Failure } from '../../failure.ts';

/** A file that appears whole or not at all: written beside its place, then renamed. */
export interface OutputFile {
  /** Adds a text, line end included. */
  write(text: string): Promise<void>;
  /** Makes everything durable and puts the file in its place. */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** Characters kept until they are written. Prevents a system call for each line. */
const WRITE_AT_CHARACTERS = 256 * 1024;

/** Begins a file. Throws `Failure` (exit 3) where it can't be written. */
export async function outputFile(path: string): Promise<OutputFile> {
  const partial = `${path}.partial`;
  const file = await inWords(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    return open(partial, 'w');
  });
  let waiting: string[] = [];
  let characters = 0;
  async function flush(): Promise<void> {
    const text = waiting.join('');
    waiting = [];
    characters = 0;
    if (text !== '') await inWords(path, () => file.writeFile(text));
  }
  return {
    async write(text) {
      waiting.push(text);
      characters += text.length;
      if (characters >= WRITE_AT_CHARACTERS) await flush();
    },
    async finish() {
      await flush();
      await inWords(path, async () => {
        await file.sync();
        await file.close();
        await rename(partial, path);
      });
    },
    async discard() {
      await file.close().catch(() => {}); // closed already where finishing failed
      await rm(partial, { force: true });
    },
  };
}

async function inWords<Result>(path: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const fix = code === 'ENOSPC' ? 'The disk is full: make room, or name another place.' : 'Name a place where this user may write.';
    throw new Failure(EXIT.unusable, `${path} can't be written (${message}).`, fix);
  }
}
