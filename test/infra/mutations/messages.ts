import { input, type RecordedStack } from '../recorded-stack.ts';
import { schedulerJobs } from '../what-holds/messages.ts';
import { type Mutation, withInput, without } from './mutation.ts';

/** Topics, subscriptions and jobs of the scheduler: whatever a message, or the work on it, would be lost without. */
export function messageMutations(stack: RecordedStack): readonly Mutation[] {
  const subscriptions = stack.of('Subscription');
  const pushes = subscriptions.filter(({ inputs }) => inputs.pushConfig);
  const archive = stack.one('Subscription', 'payments-archive');
  const jobs = schedulerJobs(stack);
  return [
    ...[...stack.of('Topic'), ...subscriptions, ...jobs].map(without),
    ...subscriptions.filter((one) => input(one, 'deadLetterPolicy')).flatMap((one) => [withInput(one, 'deadLetterPolicy', undefined), withInput(one, 'deadLetterPolicy.maxDeliveryAttempts', 5), withInput(one, 'deadLetterPolicy.deadLetterTopic', 'projects/my-payments-prod/topics/nobody-listens')]),
    ...subscriptions.flatMap((one) => [withInput(one, 'retryPolicy', undefined), withInput(one, 'expirationPolicy', undefined), withInput(one, 'messageRetentionDuration', '600s'), withInput(one, 'ackDeadlineSeconds', 10)]),
    ...pushes.flatMap((one) => [withInput(one, 'pushConfig', undefined), withInput(one, 'pushConfig.oidcToken', undefined), withInput(one, 'pushConfig.oidcToken.audience', 'https://example.com'), withInput(one, 'pushConfig.oidcToken.serviceAccountEmail', 'nobody@example.com'), withInput(one, 'pushConfig.pushEndpoint', 'https://example.com')]),
    ...['writeMetadata', 'useTopicSchema', 'useTableSchema', 'dropUnknownFields'].map((flag) => withInput(archive, `bigqueryConfig.${flag}`, !input(archive, `bigqueryConfig.${flag}`))),
    withInput(archive, 'bigqueryConfig.table', 'my-payments-prod.payments.payment_journal'),
    withInput(archive, 'topic', 'projects/my-payments-prod/topics/payments-redrive'),
    withInput(stack.one('Topic', 'payments'), 'messageRetentionDuration', undefined),
    withInput(stack.one('Topic', 'payments'), 'schemaSettings', { schema: 'projects/p/schemas/s' }),
    ...jobs.flatMap((one) => [withInput(one, 'retryConfig', undefined), withInput(one, 'attemptDeadline', undefined), withInput(one, 'timeZone', 'Europe/Berlin'), withInput(one, 'httpTarget.oidcToken', undefined), withInput(one, 'schedule', '0 * * * *'), withInput(one, 'paused', true)]),
    withInput(stack.one('Job', 'audit-unposted'), 'httpTarget.body', Buffer.from('{}').toString('base64')),
  ];
}
