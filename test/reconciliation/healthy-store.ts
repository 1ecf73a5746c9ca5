import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HEALTHY_TRAFFIC } from './healthy-traffic.ts';
import { type TrialStore, trialStore } from './trial-store.ts';

/** A small store of all that may happen to a message, taken in by the real pipeline; it goes away when closed. */
export async function healthyStore(): Promise<TrialStore> {
  const path = mkdtempSync(join(tmpdir(), 'payments-test-'));
  const store = await trialStore(path);
  await store.ingest(HEALTHY_TRAFFIC);
  return { ...store, close: () => (store.close(), rmSync(path, { recursive: true, force: true })) };
}
