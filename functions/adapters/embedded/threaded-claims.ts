import { Worker } from 'node:worker_threads';
import { packRequests, unpackResults } from './claim-packets.ts';
import type { Answered, Asked } from './claims-thread.ts';
import type { Claims } from '../../ports.ts';
import { sqliteClaims } from './sqlite-claims.ts';

/** Longest wait for the thread to close its file, in milliseconds. Prevents a thread that hangs from keeping the process. */
const CLOSE_WITHIN = 10_000;
/** Memory for the thread's young objects, in MiB. Prevents it from taking as much as the main thread, whose batches are there as objects. */
const YOUNG_MIB = 8;

export interface ThreadedClaims extends Claims {
  close(): void;
}

/**
 * Claims in SQLite on a thread of their own: neither what they cost nor the wait for the disk holds up the main thread. The thread starts
 * with the first claim. Throws where the file can't be used; `claim` throws what `sqliteClaims` would.
 */
export function threadedClaims(file: string): ThreadedClaims {
  sqliteClaims(file).close(); // makes the file, and shows at once whether it can be used
  let thread: Thread | null = null;
  return {
    async claim(requests) {
      thread ??= startThread(file);
      const answer = await thread.ask({ claim: packRequests(requests) });
      if ('error' in answer) throw answer.error;
      return unpackResults(requests, answer.results);
    },
    close() {
      thread?.close();
      thread = null;
    },
  };
}

interface Thread {
  /** Answers come in the order of the questions. Throws where the thread has ended. */
  ask(asked: Asked): Promise<Answered>;
  /** Waits until the file is closed. */
  close(): void;
}

function startThread(file: string): Thread {
  const worker = new Worker(new URL('./claims-thread.ts', import.meta.url), { workerData: { file }, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB } });
  const waiting: PromiseWithResolvers<Answered>[] = [];
  let failure: Error | null = null;
  const fail = (error: Error) => {
    failure ??= error;
    for (const one of waiting.splice(0)) one.reject(failure);
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The thread that claims has ended.')));
  worker.on('message', (answer: Answered) => {
    waiting.shift()!.resolve(answer);
    if (waiting.length === 0) worker.unref(); // nothing is under way: it needn't keep the process
  });
  return {
    ask(asked) {
      const answer = Promise.withResolvers<Answered>();
      waiting.push(answer);
      worker.ref();
      if (failure) fail(failure);
      else worker.postMessage(asked);
      return answer.promise;
    },
    close() {
      const closed = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      worker.unref();
      if (failure) return;
      worker.postMessage({ close: closed } satisfies Asked);
      Atomics.wait(closed, 0, 0, CLOSE_WITHIN);
    },
  };
}
