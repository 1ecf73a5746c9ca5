import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClaimResult } from '../../functions/ports.ts';
import { claimRequest, sequentialClaims } from './claims-model.ts';
import { type Operation, refute } from './linearizability.ts';

type Told = ClaimResult['result'];

/** One operation: who, from when to when (null: never answered), what it was told, and about whom. */
function op(owner: string, [invoked, responded]: [number, number | null], result: Told = 'claimed', of = owner, { amount = '10', transaction = 't', place = 0 } = {}): Operation {
  return { request: claimRequest(transaction, owner, amount), invoked, place, answer: responded === null ? null : { responded, result: { result, owner: of } } };
}

describe('histories that an order explains', () => {
  test.each<[string, Operation[]]>([
    ['none', []],
    ['one after the other', [op('a', [1, 2]), op('b', [3, 4], 'duplicate', 'a')]],
    ['a copy that is answered before its owner', [op('a', [1, 4]), op('b', [2, 3], 'duplicate', 'a')]],
    ['a copy that began before its owner', [op('b', [1, 4], 'duplicate', 'a'), op('a', [2, 3])]],
    ['the owner again, while a copy is under way', [op('a', [1, 2]), op('b', [3, 6], 'conflict', 'a', { amount: '11' }), op('a', [4, 5])]],
    ['an owner whose answer nobody heard', [op('a', [1, null]), op('b', [2, 3], 'duplicate', 'a')]],
    ['an owner whose first answer nobody heard', [op('a', [1, null]), op('b', [2, 3], 'duplicate', 'a'), op('a', [4, 5])]],
    ['nobody was answered', [op('a', [1, null]), op('b', [2, null])]],
    ['two payments, each with its owner', [op('a', [1, 2]), op('b', [1, 2], 'claimed', 'b', { transaction: 'u', place: 1 })]],
    ['a batch in its order', [op('a', [1, 2]), op('b', [1, 2], 'duplicate', 'a', { place: 1 })]],
    ['a batch whose second request was made by another batch before', [op('b', [1, 4], 'duplicate', 'a'), op('a', [1, 4], 'claimed', 'a', { place: 1 }), op('a', [2, 3])]],
  ])('%s', (_name, history) => expect(refute(history)).toBeNull());
});

describe('histories that none explains', () => {
  test.each<[string, Operation[], RegExp]>([
    ['two winners', [op('a', [1, 4]), op('b', [2, 3])], /told claimed \(owner b\)/],
    ['two winners, one after the other', [op('a', [1, 2]), op('b', [3, 4])], /told claimed \(owner b\)/],
    ['a duplicate before any claim was asked for', [op('b', [1, 2], 'duplicate', 'a'), op('a', [3, 4])], /was not there/],
    ['a duplicate of nobody', [op('b', [1, 2], 'duplicate', 'a')], /nobody/],
    ['an owner that has nothing to do with it', [op('a', [1, 2]), op('b', [3, 4], 'duplicate', 'c')], /owner c/],
    ['a copy that is called a conflict', [op('a', [1, 2]), op('b', [3, 4], 'conflict', 'a')], /told conflict/],
    ['another amount that is called a duplicate', [op('a', [1, 2]), op('b', [3, 4], 'duplicate', 'a', { amount: '11' })], /told duplicate/],
    ['the owner is told that it is a copy of itself', [op('a', [1, 2]), op('a', [3, 4], 'duplicate', 'a')], /told duplicate/],
    ['the owner changes', [op('a', [1, 2]), op('c', [3, 4], 'duplicate', 'a'), op('c', [5, 6])], /told/],
    ['what a copy is told changes', [op('a', [1, 2]), op('c', [3, 4], 'duplicate', 'a'), op('c', [5, 6], 'duplicate', 'b')], /owner b/],
    ['an owner that nobody heard, and that came too late', [op('b', [1, 2], 'duplicate', 'a'), op('a', [3, null])], /was not there/],
    ['a batch against its order', [op('b', [1, 2], 'duplicate', 'a'), op('a', [1, 2], 'claimed', 'a', { place: 1 })], /was not there/],
    ['one payment of two', [op('a', [1, 2]), op('b', [3, 4], 'claimed', 'b', { transaction: 'u' }), op('c', [5, 6], 'duplicate', 'x', { transaction: 'u' })], /owner x/],
  ])('%s', (_name, history, why) => expect(refute(history)).toMatch(why));
});

/** Six operations on one payment, three messages of which one differs in its amount, with any times and answers. */
const anyHistory = fc.array(
  fc.record({
    owner: fc.constantFrom('a', 'b', 'c'), invoked: fc.integer({ min: 1, max: 6 }), lasts: fc.integer({ min: 1, max: 4 }), heard: fc.integer({ min: 0, max: 4 }),
    result: fc.constantFrom<Told>('claimed', 'duplicate', 'conflict'), of: fc.constantFrom('a', 'b'),
  }),
  { minLength: 1, maxLength: 5 },
).map((rows) => rows.map(({ owner, invoked, lasts, heard, result, of }, place) =>
  op(owner, [invoked * 10, heard === 0 ? null : (invoked + lasts) * 10 + 1 + place], result, result === 'claimed' ? owner : of, { amount: owner === 'c' ? '11' : '10', place })));

test('agrees with trying every order there is', () => {
  let explained = 0;
  fc.assert(fc.property(anyHistory, (history) => {
    const found = explains(history, []);
    explained += Number(found);
    expect(refute(history) === null).toBe(found);
  }), { numRuns: 5_000 });
  expect(explained).toBeGreaterThan(200);
});

/** Is there an order, after those that were placed already? Unheard operations may be left out. */
function explains(left: readonly Operation[], placed: readonly Operation[]): boolean {
  if (left.every(({ answer }) => answer === null)) return holds(placed);
  return left.some((next) => {
    const others = left.filter((one) => one !== next);
    return !others.some((one) => mustPrecede(one, next)) && explains(others, [...placed, next]);
  });
}

function mustPrecede(one: Operation, other: Operation): boolean {
  return (one.answer !== null && one.answer.responded < other.invoked) || (one.invoked === other.invoked && one.place < other.place);
}

function holds(order: readonly Operation[]): boolean {
  const results = sequentialClaims()(order.map(({ request }) => request));
  return order.every(({ answer }, place) => answer === null || (answer.result.result === results[place].result && answer.result.owner === results[place].owner));
}
