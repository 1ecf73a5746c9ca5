import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { counted } from '../../figures.ts';
import { EXIT, Failure } from '../../failure.ts';
import { folderOf, nextPart } from './segments.ts';

/** Longest time that what came stays in the system's memory, in milliseconds. Prevents a crash of the machine from taking more of an input that can't be read twice. */
const SYNC_EVERY = 1_000;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Reads an input to its end into a part of its own. What has come is in the file at once, and on the disk within SYNC_EVERY: whatever
 * becomes of this process, the next one finds it. On Ctrl-C or a SIGTERM it keeps what came and throws `Failure` (exit 3).
 */
export async function readToPart(directory: string, input: Readable): Promise<string> {
  await mkdir(folderOf(directory), { recursive: true });
  const path = await nextPart(directory);
  const file = await open(path, 'ax');
  const waking = wakeUps(input);
  try {
    const bytes = await copy(input, file, waking);
    if (!waking.stopped()) return path;
    if (bytes === 0) await rm(path);
    throw stoppedFailure(path, bytes);
  } finally {
    waking.end();
    input.destroy(); // or an open pipe would keep the process alive
    await file.close();
  }
}

/** Copies all of `input`, or, when stopped, what has come of it; returns how many bytes. Durable when it returns. */
async function copy(input: Readable, file: FileHandle, waking: WakeUps): Promise<number> {
  let bytes = 0;
  let synced = { bytes, at: performance.now() };
  const sync = async () => {
    await file.datasync();
    synced = { bytes, at: performance.now() };
  };
  for (;;) {
    const stopping = waking.stopped(); // asked before reading, so that what came until then is read
    const next = waking.next(); // likewise, so that nothing that happens from here on is missed
    const piece = input.read() as Buffer | string | null;
    if (piece !== null) {
      await file.appendFile(piece);
      bytes += Buffer.byteLength(piece);
    }
    if (stopping || (piece === null && input.readableEnded)) break;
    if (piece === null && input.destroyed) throw input.errored ?? new Error('Standard input was closed before its end.');
    if (piece === null) await (bytes > synced.bytes ? Promise.race([next, sleep(SYNC_EVERY, undefined, { ref: false })]) : next);
    if (bytes > synced.bytes && performance.now() - synced.at >= SYNC_EVERY) await sync();
  }
  await sync();
  return bytes;
}

interface WakeUps {
  /** Settled when next there is more to read, the end, a fault or a signal. */
  next(): Promise<void>;
  /** A signal has come. */
  stopped(): boolean;
  end(): void;
}

function wakeUps(input: Readable): WakeUps {
  let waiting = Promise.withResolvers<void>();
  let stopped = false;
  const wake = () => waiting.resolve();
  const stop = () => {
    stopped = true;
    wake();
  };
  for (const event of ['readable', 'end', 'close', 'error']) input.on(event, wake);
  for (const signal of SIGNALS) process.on(signal, stop);
  return {
    next() {
      waiting = Promise.withResolvers<void>();
      return waiting.promise;
    },
    stopped: () => stopped,
    end() {
      // A signal may come twice (from the terminal, and from npm): once stopped, this process ends by itself.
      if (!stopped) for (const signal of SIGNALS) process.off(signal, stop);
    },
  };
}

function stoppedFailure(path: string, bytes: number): Failure {
  if (bytes === 0) return new Failure(EXIT.unusable, 'Stopped before anything came from standard input.', 'Run the same command again.');
  return new Failure(
    EXIT.unusable,
    `Stopped while standard input was read: the ${counted(bytes, 'byte')} that came are kept in ${path}, and nothing is ingested yet.`,
    'Give the same input again, or another one: the next `ingest` takes in what is kept, and no payment counts twice.',
  );
}
