import { expect, test } from 'vitest';
import type { ClaimRequest, Claims } from '../../functions/ports.ts';
import { claimRequest as request, sequentialClaims } from './claims-model.ts';

/** What every store of claims must do. `open` gives a store that outlives one opening, under the same name each time. */
export function claimsContract(open: (name: string) => Promise<{ claims: Claims; close: () => Promise<void> }>): void {
  const cases: [string, ClaimRequest[], string[]][] = [
    ['the first message owns the claim', [request('t', 'a')], ['claimed']],
    ['the same message again still owns it', [request('t', 'a'), request('t', 'a')], ['claimed', 'claimed']],
    ['another message with the same money facts is a duplicate', [request('t', 'a'), request('t', 'b')], ['claimed', 'duplicate']],
    ['another message with other money facts is a conflict', [request('t', 'a'), request('t', 'b', '11')], ['claimed', 'conflict']],
    ['the owner with other money facts is a conflict', [request('t', 'a'), request('t', 'a', '11', 'other data')], ['claimed', 'conflict']],
    ['the owner id reused for other data with equal money facts is a duplicate', [request('t', 'a'), request('t', 'a', '10', 'other data')], ['claimed', 'duplicate']],
    ['a duplicate and a conflict change nothing', [request('t', 'a'), request('t', 'b', '11'), request('t', 'c'), request('t', 'a')], ['claimed', 'conflict', 'duplicate', 'claimed']],
    ['other payments are other claims', [request('t', 'a'), request('u', 'b')], ['claimed', 'claimed']],
    ['the owner after its copies', [request('t', 'b'), request('t', 'a'), request('t', 'b')], ['claimed', 'duplicate', 'claimed']],
    ['a conflict of a conflict is compared with the claim', [request('t', 'a'), request('t', 'b', '11'), request('t', 'c', '11')], ['claimed', 'conflict', 'conflict']],
    ['an expired claim that still exists counts', [request('t', 'a'), { ...request('t', 'b'), claimed_at: 1e15, expires_at: 2e15 }], ['claimed', 'duplicate']],
  ];

  test.each(cases)('in one batch: %s', async (name, requests, expected) => {
    const { claims, close } = await open(`batch ${name}`);
    expect((await claims.claim(requests)).map((one) => one.result)).toEqual(expected);
    await close();
  });

  test.each(cases)('one by one, the store opened anew each time: %s', async (name, requests, expected) => {
    const results: string[] = [];
    for (const one of requests) {
      const { claims, close } = await open(`single ${name}`);
      results.push((await claims.claim([one]))[0].result);
      await close();
    }
    expect(results).toEqual(expected);
  });

  test('says who owns the claim', async () => {
    const { claims, close } = await open('owner');
    const results = await claims.claim([request('t', 'first'), request('t', 'second'), request('t', 'third', '11')]);
    expect(results.map((one) => one.owner)).toEqual(['first', 'first', 'first']);
    await close();
  });

  test('takes ids of any kind', async () => {
    const { claims, close } = await open('ids');
    const ids = ['/', '..', '__x__', 'ä'.repeat(200), '\u{1f4b6}', 'a b', 'A b'];
    const results = await claims.claim(ids.map((id) => request(id, id)));
    expect(results.map((one) => one.result)).toEqual(ids.map(() => 'claimed'));
    await close();
  });

  test('a batch of none is no call to the store', async () => {
    const { claims, close } = await open('none');
    expect(await claims.claim([])).toEqual([]);
    await close();
  });

  test('sixty requests at once are decided as if they came one after the other', async () => {
    const { claims, close } = await open('sixty');
    // 12 payments, 5 messages of each; the last ones are the first again, some have another amount.
    const requests = Array.from({ length: 60 }, (_, n) => request(`t${n % 12}`, `m${n % 48}`, n >= 12 && n % 5 === 0 ? '11' : '10'));
    const expected = sequentialClaims()(requests);
    expect(new Set(expected.map(({ result }) => result))).toEqual(new Set(['claimed', 'duplicate', 'conflict']));
    expect(await claims.claim(requests)).toEqual(expected);
    await close();
  });

  test('batches after each other, in any order, agree with what was decided first', async () => {
    const { claims, close } = await open('batches');
    const model = sequentialClaims();
    for (let batch = 0; batch < 6; batch += 1) {
      const requests = Array.from({ length: 10 }, (_, n) => request(`t${(batch + n * 3) % 7}`, `m${(batch * 5 + n) % 9}`, (batch + n) % 6 === 0 ? '11' : '10'));
      expect(await claims.claim(requests)).toEqual(model(requests));
    }
    await close();
  });

  test('a message whose answer was lost comes again and still owns its claim; its copies do not', async () => {
    const before = await open('lost answer');
    await before.claims.claim([request('t', 'a'), request('u', 'b')]); // nobody hears what it said
    await before.close();
    const after = await open('lost answer');
    const results = await after.claims.claim([request('t', 'copy'), request('t', 'a'), request('u', 'b'), request('u', 'b', '11', 'other data')]);
    expect(results).toEqual([{ result: 'duplicate', owner: 'a' }, { result: 'claimed', owner: 'a' }, { result: 'claimed', owner: 'b' }, { result: 'conflict', owner: 'b' }]);
    await after.close();
  });
}
