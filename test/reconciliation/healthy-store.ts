import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../functions/config.ts';
import { HEALTHY_TRAFFIC } from './healthy-traffic.ts';
import type { Published } from './published.ts';
import { type TrialStore, trialStore } from './trial-store.ts';

/** A store of these lines, taken in by the real pipeline; its directory goes away when it is closed. */
export async function storeOf(lines: readonly (Published | string)[], settings: Partial<Settings> = {}): Promise<TrialStore> {
  const path = mkdtempSync(join(tmpdir(), 'payments-test-'));
  const store = await trialStore(path, settings);
  if (lines.length > 0) await store.ingest(lines);
  return { ...store, close: () => (store.close(), rmSync(path, { recursive: true, force: true })) };
}

/** A small store of all that may happen to a message. */
export async function healthyStore(): Promise<TrialStore> {
  return storeOf(HEALTHY_TRAFFIC);
}
