import { expect } from 'vitest';
import { FINANCE_VIEWS } from '../../../infra/finance-views.ts';
import { GOOGLE_TABLES } from '../../../sql/tables/index.ts';
import { isProtected, type StackRule } from './rule.ts';

/** Views of the books, beside their tables. */
const VIEWS = 11;

const COUNTS = {
  Topic: 4, Subscription: 6, Database: 1, Field: 2, Dataset: 3, Function: 7, BucketObject: 7, Bucket: 2, Account: 10, AlertPolicy: 12, Metric: 7, Dashboard: 1, Slo: 1, CustomService: 1, IAMCustomRole: 4, ServiceIdentity: 1, Repository: 1,
  Table: GOOGLE_TABLES.length + VIEWS + FINANCE_VIEWS.length,
  Job: 5 + 2, // and those that seed the heads
};

/** First of all: a list of nothing passes every other rule. */
export const COUNT_RULES: readonly StackRule[] = [
  ...Object.entries(COUNTS).map(([type, count]): StackRule => ({ name: `there are as many of type ${type} as there must be: ${count}`, check: (stack) => expect(stack.of(type)).toHaveLength(count) })),
  {
    name: 'APIs, budget, key, channel and sampling of request logs are there where they are asked for',
    check: (stack) => {
      const { customer_managed_keys, request_log_percent } = stack.configuration;
      expect(stack.of('Service')).toHaveLength(15 + Number(isProtected(stack)) + Number(customer_managed_keys));
      expect(stack.of('Budget')).toHaveLength(Number(isProtected(stack)));
      expect(stack.of('NotificationChannel')).toHaveLength(Number(isProtected(stack)));
      expect([stack.of('KeyRing').length, stack.of('CryptoKey').length]).toEqual(customer_managed_keys ? [1, 1] : [0, 0]);
      expect(stack.of('ProjectExclusion')).toHaveLength(Number(request_log_percent < 100));
    },
  },
  {
    name: 'no two resources of a type have one name, and none is outside a component',
    check: (stack) => {
      const urns = stack.resources.map(({ urn }) => urn);
      expect(new Set(urns).size).toBe(urns.length);
      expect(stack.resources.filter(({ custom, urn }) => custom && !urn.includes('payments:gcp:'))).toEqual([]);
    },
  },
];
