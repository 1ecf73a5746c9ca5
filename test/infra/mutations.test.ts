import { beforeAll, expect, test } from 'vitest';
import { accessMutations } from './mutations/access.ts';
import { dataMutations } from './mutations/data.ts';
import { functionMutations } from './mutations/functions.ts';
import { messageMutations } from './mutations/messages.ts';
import { monitoringMutations } from './mutations/monitoring.ts';
import type { Mutation } from './mutations/mutation.ts';
import { orderMutations } from './mutations/order.ts';
import { type RecordedStack, recordStack } from './recorded-stack.ts';
import { STACKS } from './stacks.ts';
import { STACK_RULES } from './what-holds/index.ts';

/** The first rule that a stack breaks, or null. */
function firstBroken(stack: RecordedStack): string | null {
  for (const { name, check } of STACK_RULES) {
    try {
      check(stack);
    } catch {
      return name;
    }
  }
  return null;
}

let stack: RecordedStack;
beforeAll(async () => {
  stack = await recordStack(STACKS['prod with a key']);
});

test('the stack as it is breaks no rule', () => expect(firstBroken(stack)).toBeNull());

/** Counts first: a list that lost its entries would show nothing. */
const LISTS: readonly (readonly [string, number, (stack: RecordedStack) => readonly Mutation[]])[] = [
  ['grants, accounts and roles', 320, accessMutations],
  ['topics, subscriptions and jobs', 90, messageMutations],
  ['functions and APIs', 80, functionMutations],
  ['claims, books and reports', 130, dataMutations],
  ['what waits for what', 20, orderMutations],
  ['alerts and what measures', 75, monitoringMutations],
];

test.each(LISTS)('%s: each of over %i mutations breaks a rule', (_name, atLeast, mutationsOf) => {
  const mutations = mutationsOf(stack);
  expect(mutations.length).toBeGreaterThan(atLeast);
  expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
  expect(mutations.filter((mutation) => firstBroken(mutation.of(stack)) === null).map(({ name }) => name)).toEqual([]);
});
