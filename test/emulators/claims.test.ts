import { randomUUID } from 'node:crypto';
import type { Firestore, Timestamp } from '@google-cloud/firestore';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { firestoreClaims } from '../../functions/adapters/google/firestore-claims.ts';
import { firestoreClient } from '../../functions/adapters/google/firestore-client.ts';
import type { Claims } from '../../functions/ports.ts';
import { claimsContract } from '../contract/claims.ts';
import { runLanes } from '../contract/claims-lanes.ts';
import { claimRequest } from '../contract/claims-model.ts';
import { mixed, oneForAll } from '../contract/claims-traffic.ts';
import { counter, recorder, refute } from '../contract/linearizability.ts';
import { between, type Between, type Mishap } from './firestore-between.ts';

const EMULATOR = process.env.FIRESTORE_EMULATOR_HOST;
if (!EMULATOR) throw new Error('FIRESTORE_EMULATOR_HOST is not set: run npm run test:emulators');

const SEED = Number(process.env.TEST_SEED ?? 53);
const MISHAPS: readonly Mishap[] = ['through', 'lost', 'through', 'refused', 'through'];
/** Of this run: nothing of another one is met, and all of it is deleted. */
const RUN = `claims-test-${randomUUID()}`;
const collections = new Set<string>();

function collection(name: string): string {
  const full = `${RUN}-${name.replace(/[^a-z0-9]+/gi, '-')}`;
  collections.add(full);
  return full;
}

function client(): Firestore {
  return firestoreClient({ project: process.env.GOOGLE_CLOUD_PROJECT ?? 'test', database: '(default)' });
}

const firestore = client();
afterAll(async () => {
  for (const name of collections) await firestore.recursiveDelete(firestore.collection(name));
  await firestore.terminate();
});

describe('claims in Firestore', () => {
  claimsContract(async (name) => {
    const opened = client();
    return { claims: firestoreClaims({ firestore: opened, collection: collection(name) }), close: () => opened.terminate() };
  });

  test('a document holds what the design says, times to the microsecond', async () => {
    const name = collection('fields');
    const wish = { ...claimRequest('t', 'a'), claimed_at: 1_767_225_600_123_456, expires_at: 1_767_232_800_999_999 };
    await firestoreClaims({ firestore, collection: name }).claim([wish]);
    const { docs } = await firestore.collection(name).get();
    expect(docs.map(({ id }) => id)).toEqual([wish.identity.toString('hex')]);
    const { claimed_at, expires_at, ...fields } = docs[0].data();
    expect(fields).toEqual({ owner: 'a', owner_data: wish.owner_data_sha256, fingerprint: wish.fingerprint, fingerprint_version: 'v1' });
    expect([claimed_at, expires_at].map((time: Timestamp) => time.seconds * 1e6 + time.nanoseconds / 1_000)).toEqual([wish.claimed_at, wish.expires_at]);
  });

  test('a claim that was deleted (its life is over) is made again', async () => {
    const name = collection('deleted');
    const claims = firestoreClaims({ firestore, collection: name });
    await claims.claim([claimRequest('t', 'a')]);
    for (const { ref } of (await firestore.collection(name).get()).docs) await ref.delete();
    expect(await claims.claim([claimRequest('t', 'b')])).toEqual([{ result: 'claimed', owner: 'b' }]);
  });
});

describe('what can happen on the way to Firestore', () => {
  /** The real client, through a server that lets writes go wrong as listed, and then not. */
  async function through(name: string, mishaps: readonly Mishap[], run: (claims: Claims, way: Between) => Promise<void>): Promise<void> {
    const way = await between(EMULATOR!, (write) => mishaps[write - 1] ?? 'through');
    vi.stubEnv('FIRESTORE_EMULATOR_HOST', way.address);
    const behind = client();
    vi.unstubAllEnvs();
    await run(firestoreClaims({ firestore: behind, collection: collection(name), deadline_milliseconds: 3_000 }), way);
    await way.close();
    await behind.terminate();
  }

  test('the answer to a write is lost: the client sends it again, is told that it exists, and it is our own', () =>
    through('lost', ['lost'], async (claims, way) => {
      expect(await claims.claim([claimRequest('t', 'a')])).toEqual([{ result: 'claimed', owner: 'a' }]);
      expect(way.writes()).toBe(2);
      expect(await claims.claim([claimRequest('t', 'b')])).toEqual([{ result: 'duplicate', owner: 'a' }]);
    }));

  test('a write is refused on the way: the client sends it again', () =>
    through('refused', ['refused', 'refused'], async (claims, way) => {
      expect(await claims.claim([claimRequest('t', 'a')])).toEqual([{ result: 'claimed', owner: 'a' }]);
      expect(way.writes()).toBe(3);
    }));

  test('an answer that does not come: ours at the deadline; come again, the message owns the claim', () =>
    through('held', ['held'], async (claims) => {
      await expect(claims.claim([claimRequest('t', 'a')])).rejects.toMatchObject({ name: 'ClaimError', code: 'deadline' });
      expect(await claims.claim([claimRequest('t', 'copy'), claimRequest('t', 'a')])).toEqual([{ result: 'duplicate', owner: 'a' }, { result: 'claimed', owner: 'a' }]);
    }));

  test('any of these at random: an order explains every answer', () =>
    through('random', Array.from({ length: 400 }, (_, n) => MISHAPS[(n * 7 + SEED) % MISHAPS.length]), async (claims) => {
      const recording = recorder(counter());
      await runLanes(mixed(SEED, 10, 4, 10), [claims], recording);
      expect(recording.history.length, `seed ${SEED}`).toBeGreaterThan(60);
      expect(refute(recording.history), `seed ${SEED}`).toBeNull();
    }));
});

describe('histories of claims in Firestore, over two clients', () => {
  const clients: Firestore[] = [];
  const stores = (name: string) => clients.map((one) => firestoreClaims({ firestore: one, collection: collection(name) }));
  beforeAll(() => void clients.push(client(), client()));
  afterAll(async () => {
    await Promise.all(clients.map((one) => one.terminate()));
  });

  test('two hundred messages at once, one payment: one owns it, and every answer fits', async () => {
    const recording = recorder(counter());
    await runLanes(oneForAll(200), stores('two-hundred'), recording);
    expect(recording.history.filter(({ answer }) => answer?.result.result === 'claimed')).toHaveLength(1);
    expect(refute(recording.history)).toBeNull();
    expect(recording.history.every(({ answer }) => answer !== null)).toBe(true);
  });

  test('many payments and messages that come again and again: an order explains every answer', async () => {
    const recording = recorder(counter());
    await runLanes(mixed(SEED, 40, 8, 25), stores('mixed'), recording);
    expect(new Set(recording.history.map(({ answer }) => answer?.result.result)), `seed ${SEED}`).toEqual(new Set(['claimed', 'duplicate', 'conflict']));
    expect(refute(recording.history), `seed ${SEED}`).toBeNull();
  });
});
