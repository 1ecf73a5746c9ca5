import { expect } from 'vitest';
import { FUNCTION_NAMES } from '../../../functions/deployed/function-variables.ts';
import { calledBy } from '../../../infra/function-list.ts';
import { accountEmail, ACCOUNTS, kebab, serviceAddress, serviceName } from '../../../infra/names.ts';
import { input, PROJECT_NUMBER, type Recorded, type RecordedStack } from '../recorded-stack.ts';
import { isProtected, type StackRule } from './rule.ts';

const SECONDS_PER_DAY = 86_400;

export function schedulerJobs(stack: RecordedStack): readonly Recorded[] {
  return stack.of('Job').filter(({ type }) => type.startsWith('gcp:cloudscheduler/'));
}

export const MESSAGE_RULES: readonly StackRule[] = [
  {
    name: 'every subscription retries, gives up into a topic that is consumed, and never expires',
    check: (stack) => {
      for (const subscription of stack.of('Subscription')) {
        expect(input(subscription, 'expirationPolicy.ttl')).toBe('');
        expect(input(subscription, 'retryPolicy')).toEqual({ minimumBackoff: '10s', maximumBackoff: '600s' });
        const isFinal = /dead-letters/.test(subscription.name);
        expect(input(subscription, 'deadLetterPolicy.maxDeliveryAttempts')).toBe(isFinal ? undefined : 20);
        expect(input(subscription, 'messageRetentionDuration')).toBe(`${(isFinal ? 31 : isProtected(stack) ? 14 : 7) * SECONDS_PER_DAY}s`);
        expect(Number(input(subscription, 'ackDeadlineSeconds'))).toBeGreaterThanOrEqual(60);
      }
      const consumed = new Set(stack.of('Subscription').map(({ inputs }) => inputs.topic));
      const dead = stack.of('Subscription').flatMap((subscription) => (input(subscription, 'deadLetterPolicy.deadLetterTopic') as string | undefined) ?? []);
      expect(new Set(dead).size).toBe(2);
      expect(dead.filter((topic) => !consumed.has(topic))).toEqual([]);
      expect(stack.of('Topic').map(({ inputs }) => `projects/${stack.configuration.project}/topics/${inputs.name}`).filter((topic) => !consumed.has(topic))).toEqual([]);
    },
  },
  {
    name: 'the payments topic keeps its messages for a replay, and no topic has a schema',
    check: (stack) => {
      expect(stack.one('Topic', 'payments').inputs.messageRetentionDuration).toBe(`${(isProtected(stack) ? 14 : 7) * SECONDS_PER_DAY}s`);
      expect(stack.of('Topic').filter(({ inputs }) => inputs.schemaSettings)).toEqual([]);
    },
  },
  {
    name: 'dead letters are pushed to their function and parked for people',
    check: (stack) => {
      const subscriptions = stack.of('Subscription').filter(({ inputs }) => String(inputs.topic).endsWith('/payments-dead-letters'));
      expect(subscriptions.map((one) => [one.name, input(one, 'pushConfig.pushEndpoint') !== undefined]).sort()).toEqual([['payments-dead-letters-keep', true], ['payments-dead-letters-parked', false]]);
    },
  },
  {
    name: 'pushes and jobs call a function at its address, with a token for that address, by an account that may',
    check: (stack) => {
      const { project, region } = stack.configuration;
      const called = [...stack.of('Subscription').filter((one) => one.inputs.pushConfig).map((one) => input(one, 'pushConfig')), ...schedulerJobs(stack).map((job) => input(job, 'httpTarget'))];
      expect(called).toHaveLength(3 + 5);
      for (const { pushEndpoint, uri, oidcToken } of called as { pushEndpoint?: string; uri?: string; oidcToken: { audience: string; serviceAccountEmail: string } }[]) {
        const address = pushEndpoint ?? uri!;
        const target = FUNCTION_NAMES.find((one) => serviceAddress(one, PROJECT_NUMBER, region) === address)!;
        expect(target, address).toBeDefined();
        const caller = accountEmail(ACCOUNTS[calledBy(target)], project);
        expect(oidcToken).toEqual({ audience: address, serviceAccountEmail: caller });
        expect(input(stack.one('Function', kebab(target)), 'serviceConfig.environmentVariables')).toMatchObject({ PAYMENTS_AUDIENCE: address, PAYMENTS_CALLER: caller, PAYMENTS_TOKEN_SIGNATURE: 'removed_by_platform' });
        expect(stack.one('ServiceIamMember', `serviceAccount:${caller} has roles/run.invoker on service ${target}`).inputs).toMatchObject({ name: serviceName(target), role: 'roles/run.invoker' });
      }
    },
  },
  {
    name: 'jobs run in UTC, may take as long as their function, and are tried again',
    check: (stack) => {
      for (const job of schedulerJobs(stack)) expect(job.inputs).toMatchObject({ timeZone: 'Etc/UTC', attemptDeadline: '1800s', retryConfig: { retryCount: 3 }, httpTarget: { httpMethod: 'POST' } });
      expect(schedulerJobs(stack).map(({ name }) => name).sort()).toEqual(['audit-unposted', 'post-ledger', 'publish-report', 'reconcile', 'sweep-late']);
      expect(schedulerJobs(stack).filter(({ inputs }) => /^0 /.test(String(inputs.schedule)) || inputs.paused === true).map(({ name }) => name)).toEqual([]);
      expect(Buffer.from(String(input(stack.one('Job', 'audit-unposted'), 'httpTarget.body')), 'base64').toString()).toBe('{"kind":"audit"}');
    },
  },
  {
    name: 'the archive is written by a subscription of its own, bytes and metadata, with dead letters of its own',
    check: (stack) => {
      const archive = stack.one('Subscription', 'payments-archive');
      expect(input(archive, 'bigqueryConfig')).toEqual({ table: `${stack.configuration.project}.payments.raw_messages`, writeMetadata: true, useTopicSchema: false, useTableSchema: false, dropUnknownFields: false });
      expect(input(archive, 'deadLetterPolicy.deadLetterTopic')).toMatch(/payments-archive-dead-letters$/);
      expect(archive.inputs.topic).toBe(stack.one('Subscription', 'payments-process').inputs.topic);
    },
  },
];
