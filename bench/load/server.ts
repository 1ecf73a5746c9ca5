/**
 * The server process of the load test: processPayment under the framework over stand-ins with the latencies of the real stores, or the
 * floor, a function that answers 204 to the same bodies. Speaks with its parent over IPC: its port, then its figures whenever asked.
 */
import type { AddressInfo } from 'node:net';
import * as framework from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { groupAppends } from '../../functions/adapters/google/group-appends.ts';
import { journalRow } from '../../functions/adapters/google/journal-row.ts';
import { readPushEnvelope } from '../../functions/adapters/google/push-envelope.ts';
import type { RowResult } from '../../functions/adapters/google/row-store.ts';
import { wallClock } from '../../functions/adapters/google/wall-clock.ts';
import { setTimer } from '../../functions/adapters/google/with-deadline.ts';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { messageWork } from '../../functions/deployed/message-work.ts';
import { serve, type ServedFunction } from '../../functions/deployed/serve.ts';
import { tally } from '../../functions/deployed/tally.ts';
import type { ClaimRequest, ClaimResult } from '../../functions/ports.ts';
import { claimsInFirestore } from '../../functions/wiring/claims-in-firestore.ts';
import { platformFor } from '../../functions/wiring/platform.ts';
import { cpuSeconds } from '../measure.ts';

/** What the stores take, in milliseconds: a claim in Firestore, a call of insertAll. */
const CLAIM_MILLISECONDS = 8;
const APPEND_MILLISECONDS = 30;
/** As bigqueryJournal has them. */
const LIMITS = { linger_milliseconds: 5, rows_per_call: 500, bytes_per_call: 9_000_000, deadline_milliseconds: 20_000 };

const [which, keys_url, caller, audience] = process.argv.slice(2);
/** Milliseconds spent in stand-ins, as they really took: timers fire late on a busy machine, and that is not our code's doing. */
let [waited, waits, rows, calls] = [0, 0, 0, 0];

async function standIn(milliseconds: number): Promise<void> {
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  waited += performance.now() - start;
  waits += 1;
}

const standInClaims = {
  async claim(requests: readonly ClaimRequest[]): Promise<ClaimResult[]> {
    await standIn(CLAIM_MILLISECONDS);
    return requests.map(({ owner }) => ({ result: 'claimed', owner }));
  },
};

function processPayment(): ServedFunction {
  const platform = platformFor('processPayment', { project: 'trial', caller, audience, token_keys_url: keys_url, token_signature: 'verified', request_timeout: 60_000_000 });
  const journal = groupAppends<string>({
    encode: journalRow,
    bytesOf: (row) => Buffer.byteLength(row),
    async insert(group) {
      rows += group.length;
      calls += 1;
      await standIn(APPEND_MILLISECONDS);
      return group.map((): RowResult => 'written');
    },
  }, LIMITS, setTimer);
  return serve(platform, messageWork({
    claims: which === 'firestore' ? claimsInFirestore({ project: 'trial', claims_database: '(default)', claims_collection: `load-${process.pid}` }) : standInClaims,
    journal,
    settings: DEFAULT_SETTINGS,
    clock: wallClock,
    tally: tally(platform.log, wallClock),
    read: (body, received_at) => readPushEnvelope(body, { source: 'projects/trial/subscriptions/payments', believes_redrive: false, dead_letter: false, received_at }),
  }));
}

const floor: ServedFunction = async (_request, response) => void response.writeHead(204).end();

framework.http('load', which === 'floor' ? floor : processPayment());
const server = getTestServer('load').listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  process.send!({ cpu: cpuSeconds(), mib: process.memoryUsage().rss / 2 ** 20, waited, waits, rows, calls });
});
process.on('disconnect', () => process.exit());
