import { expect } from 'vitest';
import { grantLine } from '../../../infra/grant.ts';
import { grantsOf } from '../../../infra/grants.ts';
import type { Recorded, RecordedStack } from '../recorded-stack.ts';
import type { StackRule } from './rule.ts';

export const ORDER_RULES: readonly StackRule[] = [
  {
    name: 'an API is turned on before anything of it is made',
    check: (stack) => {
      const api = stack.one('Service', 'pubsub').urn;
      for (const type of ['Topic', 'Dataset', 'Function', 'Account', 'Bucket', 'Database', 'AlertPolicy']) for (const one of stack.of(type)) expect(stack.before(one), one.name).toContain(api);
    },
  },
  {
    name: 'a push or a job begins when its function may be called',
    check: (stack) => {
      const invoker = (target: string) => stack.of('ServiceIamMember').find(({ name }) => name.endsWith(`service ${target}`))!.urn;
      expect(stack.before(stack.one('Subscription', 'payments-process'))).toContain(invoker('processPayment'));
      expect(stack.before(stack.one('Subscription', 'payments-redrive-process'))).toContain(invoker('processRedrive'));
      expect(stack.before(stack.one('Subscription', 'payments-dead-letters-keep'))).toContain(invoker('keepDeadLetter'));
      expect(stack.before(stack.one('Job', 'post-ledger'))).toContain(invoker('postLedger'));
    },
  },
  { name: 'dead letters have a place before there can be any', check: (stack) => expect(stack.before(stack.one('Subscription', 'payments-process'))).toContain(stack.one('Subscription', 'payments-dead-letters-parked').urn) },
  {
    name: 'postings and reconciliations wait for their heads',
    check: (stack) => {
      for (const job of ['post-ledger', 'reconcile']) for (const head of ['posting', 'reconciliation']) expect(stack.before(stack.one('Job', job))).toContain(stack.one('Job', `seed-${head}-head`).urn);
    },
  },
  {
    name: 'the archive is written, and a function started, once each may do what it must',
    check: (stack) => {
      const { archive, run, build } = grantsOf(stack.configuration);
      for (const grant of archive) expect(stack.before(stack.one('Subscription', 'payments-archive'))).toContain(madeFrom(stack, grantLine(grant)).urn);
      for (const grant of [...run, ...build]) expect(stack.before(stack.one('Function', 'process-payment'))).toContain(madeFrom(stack, grantLine(grant)).urn);
    },
  },
  {
    name: 'producers may publish once every subscription is there',
    check: (stack) => {
      for (const grant of grantsOf(stack.configuration).publish) {
        const before = stack.before(madeFrom(stack, grantLine(grant)));
        for (const subscription of stack.of('Subscription')) expect(before).toContain(subscription.urn);
      }
    },
  },
];

function madeFrom(stack: RecordedStack, line: string): Recorded {
  return stack.resources.find(({ name, custom }) => custom && name === line)!;
}
