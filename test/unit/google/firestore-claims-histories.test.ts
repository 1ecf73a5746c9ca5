import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firestoreClaims } from '../../../functions/adapters/google/firestore-claims.ts';
import { runLanes } from '../../contract/claims-lanes.ts';
import { mixed, oneForAll } from '../../contract/claims-traffic.ts';
import { counter, recorder, refute } from '../../contract/linearizability.ts';
import { seeded } from '../../support/books-in-test.ts';
import { type Behaviour, stubFirestore } from './stub-firestore.ts';

/** What may happen to a call, the ordinary most often. Time limits are the emulator's matter: here everything is answered. */
const MISHAPS: readonly Behaviour[] = ['down', 'lost', 'again', 'honest', 'honest', 'honest'];

test('whatever happens to the calls, and however often a message comes again, an order explains every answer', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
    const below = seeded(seed);
    const stub = stubFirestore(() => MISHAPS[below(MISHAPS.length)]);
    const handlers = [1, 2].map(() => firestoreClaims({ firestore: stub.firestore, collection: 'claims' }));
    const recording = recorder(counter());
    await runLanes(mixed(seed, 8, 5, 6), handlers, recording);
    await runLanes(oneForAll(10), handlers, recording);
    expect(recording.history.some(({ answer }) => answer === null)).toBe(true);
    expect(refute(recording.history)).toBeNull();
  }), { numRuns: 60 });
});

test('a store that forgets a claim is found out', async () => {
  const stub = stubFirestore();
  const claims = firestoreClaims({ firestore: stub.firestore, collection: 'claims' });
  const recording = recorder(counter());
  await runLanes(oneForAll(3), [claims], recording);
  stub.documents.clear();
  await runLanes(oneForAll(3).reverse(), [claims], recording);
  expect(refute(recording.history)).toMatch(/holds the claim/);
});
