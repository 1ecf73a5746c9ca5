import type { RecordedStack } from '../recorded-stack.ts';
import { type Mutation, withInput, without } from './mutation.ts';

/** Functions, their packages, and the APIs that all need. */
export function functionMutations(stack: RecordedStack): readonly Mutation[] {
  return [
    ...['Function', 'BucketObject', 'Service', 'ServiceIdentity', 'Repository'].flatMap((type) => stack.of(type)).map(without),
    ...stack.of('Function').flatMap((one) => [
      withInput(one, 'serviceConfig.ingressSettings', 'ALLOW_ALL'),
      withInput(one, 'serviceConfig.serviceAccountEmail', undefined),
      withInput(one, 'serviceConfig.maxInstanceCount', undefined),
      withInput(one, 'serviceConfig.maxInstanceRequestConcurrency', undefined),
      withInput(one, 'serviceConfig.timeoutSeconds', undefined),
      withInput(one, 'serviceConfig.environmentVariables.PAYMENTS_CALLER', undefined),
      withInput(one, 'buildConfig.source.storageSource.generation', undefined),
      withInput(one, 'buildConfig.runtime', 'nodejs20'),
      withInput(one, 'buildConfig.entryPoint', 'main'),
    ]),
    withInput(stack.one('Function', 'process-payment'), 'serviceConfig.maxInstanceRequestConcurrency', 1),
  ];
}
