import type { RecordedStack } from '../recorded-stack.ts';
import { type Mutation, notWaitingFor } from './mutation.ts';

/** What is made too early. */
export function orderMutations(stack: RecordedStack): readonly Mutation[] {
  const isOf = (type: string) => (urn: string) => urn.split('::').at(-2)!.endsWith(`:${type}`);
  const process = stack.one('Subscription', 'payments-process');
  const publish = stack.of('TopicIAMMember').filter(({ inputs }) => String(inputs.member).startsWith('group:payment-producers'));
  return [
    notWaitingFor(process, 'leave to call the function', isOf('ServiceIamMember')),
    notWaitingFor(process, 'the place of its dead letters', isOf('Subscription')),
    ...['payments-redrive-process', 'payments-dead-letters-keep'].map((name) => notWaitingFor(stack.one('Subscription', name), 'leave to call the function', isOf('ServiceIamMember'))),
    notWaitingFor(stack.one('Subscription', 'payments-archive'), 'leave to write', isOf('IamMember')),
    ...['TableIamMember', 'IamMember', 'IAMMember', 'BucketIAMMember'].flatMap((type) => (stack.of(type).length > 0 ? [notWaitingFor(stack.one('Function', 'process-payment'), type, isOf(type))] : [])),
    ...['post-ledger', 'reconcile'].map((name) => notWaitingFor(stack.one('Job', name), 'the heads', isOf('Job'))),
    notWaitingFor(stack.one('Job', 'post-ledger'), 'leave to call the function', isOf('ServiceIamMember')),
    ...publish.map((one) => notWaitingFor(one, 'subscriptions', isOf('Subscription'))),
    ...[...stack.of('Topic'), stack.one('Database', 'claims'), ...stack.of('Account')].map((one) => notWaitingFor(one, 'APIs', isOf('Service'))),
    ...stack.of('Topic').map((one) => notWaitingFor(one, 'leave to use the key', isOf('CryptoKeyIAMMember'))),
  ];
}
