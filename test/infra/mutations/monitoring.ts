import type { RecordedStack } from '../recorded-stack.ts';
import { type Mutation, withInput, without } from './mutation.ts';

/** What tells people. */
export function monitoringMutations(stack: RecordedStack): readonly Mutation[] {
  return [
    ...['AlertPolicy', 'Metric', 'Dashboard', 'Slo', 'CustomService', 'NotificationChannel', 'Budget', 'ProjectExclusion'].flatMap((type) => stack.of(type)).map(without),
    ...stack.of('AlertPolicy').flatMap((one) => [
      withInput(one, 'conditions', []),
      withInput(one, 'documentation.content', 'Look into it.'),
      withInput(one, 'notificationChannels', undefined),
      withInput(one, 'severity', 'FATAL'),
      withInput(one, 'enabled', false),
    ]),
  ];
}
