/** The thread of `threadedClaims`: claims in SQLite, one call after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { packResults, type RequestPacket, type ResultPacket, unpackRequests } from './claim-packets.ts';
import { sqliteClaims } from './sqlite-claims.ts';

/** What the thread is asked: to claim, or to close and then to set the flag. */
export type Asked = { readonly claim: RequestPacket } | { readonly close: Int32Array };
/** What it answers to a claim. */
export type Answered = { readonly results: ResultPacket } | { readonly error: unknown };

const claims = sqliteClaims((workerData as { file: string }).file);
const port = parentPort!;

port.on('message', (asked: Asked) => void ('claim' in asked ? answer(asked.claim) : close(asked.close)));

async function answer(packet: RequestPacket): Promise<void> {
  try {
    const results = await claims.claim(unpackRequests(packet));
    port.postMessage({ results: packResults(packet, results) } satisfies Answered);
  } catch (error) {
    port.postMessage({ error } satisfies Answered);
  }
}

function close(closed: Int32Array): void {
  try {
    claims.close();
  } finally {
    Atomics.store(closed, 0, 1);
    Atomics.notify(closed, 0);
    port.close();
  }
}
