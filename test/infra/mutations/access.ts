import type { RecordedStack } from '../recorded-stack.ts';
import { grantsMade } from '../what-holds/access.ts';
import { type Mutation, withInput, without } from './mutation.ts';

/** Every grant taken away, given to everybody, and of a wider role. */
export function accessMutations(stack: RecordedStack): readonly Mutation[] {
  const grants = grantsMade(stack);
  return [
    ...grants.map(without),
    ...grants.flatMap((one) => [withInput(one, 'member', 'allUsers'), withInput(one, 'role', 'roles/editor')]),
    ...grants.filter(({ inputs }) => inputs.condition).map((one) => withInput(one, 'condition', undefined)),
    ...stack.of('Account').map(without),
    ...stack.of('IAMCustomRole').map(without),
  ];
}
