import { afterAll, beforeAll, expect, test } from 'vitest';
import { healthyStore } from './healthy-store.ts';
import type { Proof, TrialStore } from './trial-store.ts';

let store: TrialStore;
let healthy: Proof;
beforeAll(async () => {
  store = await healthyStore();
  healthy = await store.prove();
});
afterAll(() => store.close());

test('the healthy store is reconciled, with every disposition that a settled store can have', async () => {
  expect(healthy.open.filter((one) => one.severity === 'error')).toEqual([]);
  expect(healthy).toMatchObject({ verdict: 'reconciled', errors: 0, messages: {} });
  console.log(healthy.messages, healthy.breaks, await store.rows('select outcome, count(*) n from payment_journal group by 1'));
});
