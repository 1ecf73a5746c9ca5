import { Timestamp } from '@google-cloud/firestore';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kindOf } from '../../../functions/adapters/google/error-kinds.ts';
import { firestoreClaims } from '../../../functions/adapters/google/firestore-claims.ts';
import type { ClaimRequest, ClaimResult } from '../../../functions/ports.ts';
import { claimsContract } from '../../contract/claims.ts';
import { claimRequest as request } from '../../contract/claims-model.ts';
import { type ManualTimer, manualTimer, promisesSettled } from './manual-timer.ts';
import { type Behaviour, stubFirestore, type StubCall, type StubFirestore } from './stub-firestore.ts';

const unheard: unknown[] = [];
const hear = (reason: unknown) => void unheard.push(reason);
beforeEach(() => void process.on('unhandledRejection', hear));
afterEach(async () => {
  await promisesSettled();
  process.off('unhandledRejection', hear);
  expect(unheard.splice(0)).toEqual([]);
});

interface Trial extends StubFirestore {
  readonly timer: ManualTimer;
  claim(...requests: ClaimRequest[]): Promise<ClaimResult[]>;
}

function trial(behave?: (call: StubCall, count: number) => Behaviour): Trial {
  const timer = manualTimer();
  const stub = stubFirestore(behave);
  const claims = firestoreClaims({ firestore: stub.firestore, collection: 'claims', setTimer: timer.setTimer });
  return { ...stub, timer, claim: (...requests) => claims.claim(requests) };
}

/** The calls behave as listed, one after the other, then honestly. */
const inTurn = (...behaviours: Behaviour[]) => (_call: StubCall, count: number): Behaviour => behaviours[count - 1] ?? 'honest';
/** Lets the stub answer so many calls. */
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await promisesSettled();
};
const kinds = ({ calls }: StubFirestore) => calls.map(({ kind }) => kind);

describe('claims in a stub of Firestore', () => {
  const stubs = new Map<string, StubFirestore>();
  claimsContract(async (name) => {
    const stub = stubs.get(name) ?? stubFirestore();
    stubs.set(name, stub);
    return { claims: firestoreClaims({ firestore: stub.firestore, collection: 'claims' }), close: async () => {} };
  });
});

describe('what is written', () => {
  test('a document under the whole SHA-256 of the identity, with these fields', async () => {
    const one = trial();
    const wish = { ...request('t', 'a'), claimed_at: 1_767_225_600_123_456, expires_at: 1_767_232_800_000_001 };
    await one.claim(wish);
    expect([...one.documents]).toEqual([[`claims/${wish.identity.toString('hex')}`, {
      owner: 'a',
      owner_data: wish.owner_data_sha256,
      fingerprint: wish.fingerprint,
      fingerprint_version: 'v1',
      claimed_at: new Timestamp(1_767_225_600, 123_456_000),
      expires_at: new Timestamp(1_767_232_800, 1_000),
    }]]);
    expect([...one.documents.keys()][0]).toMatch(/^claims\/[0-9a-f]{64}$/);
  });

  test('times keep their microsecond', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 4_102_444_800_000_000 }), async (micros) => {
      const one = trial();
      await one.claim({ ...request('t', 'a'), expires_at: micros });
      const { seconds, nanoseconds } = [...one.documents.values()][0].expires_at as Timestamp;
      expect(BigInt(seconds) * 1_000_000n + BigInt(nanoseconds) / 1_000n).toBe(BigInt(micros));
      expect(nanoseconds % 1_000).toBe(0);
    }), { numRuns: 200 });
  });

  test('nothing is written over a claim', async () => {
    const one = trial();
    await one.claim(request('t', 'a'));
    await one.claim(request('t', 'b', '11'), { ...request('t', 'a'), expires_at: 9e15 });
    expect([...one.documents.values()]).toMatchObject([{ owner: 'a', fingerprint: request('t', 'a').fingerprint, expires_at: new Timestamp(0, 2_000) }]);
  });
});

describe('what it costs', () => {
  test.each<[string, ClaimRequest[], string[]]>([
    ['a new claim: one write', [request('t', 'a')], ['create']],
    ['two of one identity in a batch: one write', [request('t', 'a'), request('t', 'b')], ['create']],
    ['a claim that is there: one read more', [request('there', 'b')], ['create', 'read']],
    ['a claim that is there, wanted by three: one read more', [request('there', 'b'), request('there', 'owner'), request('there', 'c')], ['create', 'read']],
    ['none: nothing', [], []],
  ])('%s', async (_name, requests, expected) => {
    const one = trial();
    await one.claim(request('there', 'owner'));
    await one.claim(...requests);
    expect(kinds(one).slice(1)).toEqual(expected);
  });

  test('a large batch has fifty calls under way, no more and no fewer', async () => {
    const one = trial();
    const results = await one.claim(...Array.from({ length: 180 }, (_, n) => request(`t${n}`, 'a')));
    expect([results.length, one.most(), one.calls.length]).toEqual([180, 50, 180]);
  });
});

describe('a claim that exists on writing', () => {
  test.each<[string, Behaviour[], string[]]>([
    ['our own, which the client sent twice', ['again'], ['create', 'read']],
    ['gone on reading: made again', ['gone', 'gone'], ['create', 'read', 'create']],
    ['gone twice: made again', ['gone', 'gone', 'gone', 'gone'], ['create', 'read', 'create', 'read', 'create']],
    ['gone, and the second try is our own', ['gone', 'gone', 'again'], ['create', 'read', 'create', 'read']],
  ])('%s', async (_name, behaviours, calls) => {
    const one = trial(inTurn(...behaviours));
    expect(await one.claim(request('t', 'a'))).toEqual([{ result: 'claimed', owner: 'a' }]);
    expect(kinds(one)).toEqual(calls);
  });

  test('gone whenever it is read: given up after three tries, to come again', async () => {
    const one = trial(() => 'gone');
    const error = await one.claim(request('t', 'a')).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'ClaimError', code: 'claim_gone' });
    expect(kindOf(error)).toBe('transient');
    expect(kinds(one)).toEqual(['create', 'read', 'create', 'read', 'create', 'read']);
  });

  test('gone, then another\'s: it is another\'s', async () => {
    const one = trial(inTurn('honest', 'honest', 'gone'));
    await one.claim(request('t', 'other'));
    const [result] = await one.claim(request('t', 'a'));
    expect(result).toEqual({ result: 'duplicate', owner: 'other' });
    expect(kinds(one)).toEqual(['create', 'create', 'read', 'create', 'read']);
  });

  test.each([
    ['an unknown version of another\'s', { fingerprint_version: 'v2' }, 'b', 'conflict'],
    ['an unknown version of our own', { fingerprint_version: 'v2', fingerprint: Buffer.alloc(32) }, 'a', 'claimed'],
  ])('%s', async (_name, differs, owner, result) => {
    const one = trial();
    await one.claim(request('t', 'a'));
    for (const fields of one.documents.values()) Object.assign(fields, differs);
    expect(await one.claim(request('t', owner))).toEqual([{ result, owner: 'a' }]);
  });

  test.each(['owner', 'owner_data', 'fingerprint', 'fingerprint_version'])('a document without %s is no claim: nothing is decided', async (field) => {
    const one = trial();
    await one.claim(request('t', 'a'));
    for (const fields of one.documents.values()) delete fields[field];
    await expect(one.claim(request('t', 'a'))).rejects.toMatchObject({ code: 'unreadable_claim' });
  });
});

describe('a failure', () => {
  test.each<[string, Behaviour[], number]>([
    ['of the write', ['down'], 14],
    ['of the write, for want of access', ['denied'], 7],
    ['of the write, which was done', ['lost'], 4],
    ['of the read', ['again', 'down'], 14],
  ])('%s is the client\'s own error; come again, the message owns the claim', async (_name, behaviours, code) => {
    const one = trial(inTurn(...behaviours));
    await expect(one.claim(request('t', 'a'))).rejects.toMatchObject({ code });
    expect(await one.claim(request('t', 'a'))).toEqual([{ result: 'claimed', owner: 'a' }]);
    expect(one.timer.pending()).toBe(0);
  });

  test('of one in a batch fails the batch; the claims that were made are found again', async () => {
    const one = trial((_call, count) => (count === 3 ? 'down' : 'honest'));
    const requests = [1, 2, 3, 4, 5].map((n) => request(`t${n}`, `m${n}`));
    await expect(one.claim(...requests)).rejects.toMatchObject({ code: 14 });
    expect(one.documents.size).toBe(4);
    expect((await one.claim(...requests)).map(({ result }) => result)).toEqual(['claimed', 'claimed', 'claimed', 'claimed', 'claimed']);
  });

  test('waits for what is under way, and begins nothing more', async () => {
    const one = trial((_call, count) => (count === 1 ? 'down' : count === 2 ? 'never' : 'honest'));
    let state = 'open';
    const call = one.claim(...Array.from({ length: 80 }, (_, n) => request(`t${n}`, 'a'))).catch((error: { code: unknown }) => (state = `failed ${error.code}`));
    await turns(10);
    expect([state, one.calls.length]).toEqual(['open', 50]);
    await one.timer.advance(10_000);
    await call;
    expect([state, one.calls.length]).toEqual(['failed deadline', 50]);
  });

  test('of all at once is heard once', async () => {
    const one = trial(() => 'down');
    await expect(one.claim(...Array.from({ length: 80 }, (_, n) => request(`t${n}`, 'a')))).rejects.toMatchObject({ code: 14 });
    expect(one.calls.length).toBe(50);
  });
});

describe('the deadline', () => {
  const late = { name: 'ClaimError', code: 'deadline' };

  test.each<[string, Behaviour[], string[]]>([
    ['of a write', ['never'], ['create']],
    ['of a read', ['again', 'never'], ['create', 'read']],
  ])('%s that is never answered is ten seconds away; come again, the message owns the claim', async (_name, behaviours, calls) => {
    const one = trial(inTurn(...behaviours));
    const call = one.claim(request('t', 'a')).then(() => 'answered', (error: unknown) => error);
    await turns(10);
    await one.timer.advance(9_999);
    expect(one.timer.pending()).toBe(1);
    await one.timer.advance(1);
    const error = await call;
    expect(error).toMatchObject(late);
    expect(kindOf(error)).toBe('transient');
    expect(kinds(one)).toEqual(calls);
    expect(await one.claim(request('t', 'a'))).toEqual([{ result: 'claimed', owner: 'a' }]);
    expect(one.timer.pending()).toBe(0);
  });

  test.each<[string, Behaviour[]]>([
    ['a refusal', ['again']],
    ['a failure', ['down']],
    ['nothing to read', ['gone', 'gone']],
  ])('%s after it leads to no further call, and nobody hears of it', async (_name, behaviours) => {
    const one = trial(inTurn(...behaviours));
    const call = one.claim(request('t', 'a'));
    const failed = expect(call).rejects.toMatchObject(late);
    await turns(behaviours.length - 1); // the last of them is under way
    one.timer.advance(10_000).catch(hear); // falls due before the answer does
    await failed;
    await turns(10);
    expect(one.calls.length).toBe(behaviours.length);
  });

  test('begins nothing of a large batch after it', async () => {
    const one = trial();
    const failed = expect(one.claim(...Array.from({ length: 80 }, (_, n) => request(`t${n}`, 'a')))).rejects.toMatchObject(late);
    one.timer.advance(10_000).catch(hear); // falls due before the first answers do
    await failed;
    await turns(10);
    expect(one.calls.length).toBe(50);
  });

  test('can be set', async () => {
    const timer = manualTimer();
    const { firestore } = stubFirestore(() => 'never');
    const claims = firestoreClaims({ firestore, collection: 'claims', deadline_milliseconds: 50, setTimer: timer.setTimer });
    const failed = expect(claims.claim([request('t', 'a')])).rejects.toMatchObject(late);
    await timer.advance(50);
    await failed;
  });
});
