import { parentPort, workerData } from 'node:worker_threads';
import { sqliteClaims } from '../../functions/adapters/embedded/sqlite-claims.ts';
import { type Lane, runLane, withBuffers } from './claims-lanes.ts';
import { recorder } from './linearizability.ts';

/** What a thread is given: a connection of its own to one file, what to ask, and the counters that all threads share. */
export interface ThreadWork {
  readonly file: string;
  readonly lanes: readonly Lane[];
  /** At 0 the history's time, at 1 how many threads are still to come. */
  readonly shared: SharedArrayBuffer;
}

const { file, lanes, shared } = workerData as ThreadWork;
const counters = new Int32Array(shared);
const claims = sqliteClaims(file);
const recording = recorder(() => Atomics.add(counters, 0, 1));

// All begin together.
if (Atomics.sub(counters, 1, 1) === 1) Atomics.notify(counters, 1);
for (let left = Atomics.load(counters, 1); left > 0; left = Atomics.load(counters, 1)) Atomics.wait(counters, 1, left);

for (const lane of lanes) await runLane(lane.map((batch) => batch.map(withBuffers)), claims, recording);
claims.close();
parentPort!.postMessage(recording.history);
