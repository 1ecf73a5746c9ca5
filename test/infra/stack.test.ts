import { beforeAll, describe, expect, test } from 'vitest';
import { decodePayment } from '../../functions/payment/decode-payment.ts';
import { configurationIn, type RecordedStack, recordStack } from './recorded-stack.ts';
import { recordStacks, STACKS } from './stacks.ts';
import { STACK_RULES } from './what-holds/index.ts';

let stacks: Readonly<Record<string, RecordedStack>>;
beforeAll(async () => {
  stacks = await recordStacks();
});

describe.each(Object.keys(STACKS))('%s', (name) => {
  test.each(STACK_RULES)('$name', ({ check }) => check(stacks[name]));
});

test('the outputs name the topic, the reports, the dashboard, and a line that publishes a payment that is one', () => {
  expect(stacks.dev.outputs).toMatchObject({ paymentsTopic: 'projects/my-payments-dev/topics/payments', reports: 'gs://my-payments-dev-payments-reports', dashboard: expect.stringMatching(/^https:\/\/console\.cloud\.google\.com\/monitoring\/dashboards\//) });
  const line = String(stacks.dev.outputs.publishTestPayment);
  expect(line).toMatch(/^gcloud pubsub topics publish payments --project my-payments-dev --message '/);
  const payment = line.split("--message '")[1].slice(0, -1).replaceAll("'$(date +%s)'", '1700000000').replaceAll("'$(date -u +%Y-%m-%dT%H:%M:%SZ)'", '2026-01-31T12:00:00Z');
  expect(decodePayment(Buffer.from(payment), { identity_scope: 'transaction_id', producer: null })).toMatchObject({ payment: { transaction_id: 'test-1700000000', amount_minor: 100n } });
});

test('a preview of an empty project, where nothing is known yet, registers the same', async () => {
  const preview = await recordStack(configurationIn('Pulumi.prod.yaml'), { preview: true });
  expect(preview.resources.map(({ urn }) => urn).sort()).toEqual(stacks.prod.resources.map(({ urn }) => urn).sort());
});
