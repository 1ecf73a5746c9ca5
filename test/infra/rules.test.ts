import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { SWEEP_MARGIN } from '../../functions/ledger/post.ts';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../functions/payment/time.ts';
import { readStackConfiguration, StackFault } from '../../infra/configuration.ts';
import { brokenRules, RULES } from '../../infra/rules.ts';
import { timeUntilDeadLetter } from '../../infra/time-until-dead-letter.ts';
import { claim } from '../../functions/pipeline/3-claim.ts';
import { goodPaymentOfTime } from './claimed-payment.ts';

const LEAST = { 'gcp:project': 'my-payments', 'gcp:region': 'europe-west1', 'payments:protected': 'false' };

function faultsOf(more: Record<string, string>): readonly string[] {
  try {
    readStackConfiguration({ ...LEAST, ...more });
    return [];
  } catch (error) {
    return (error as StackFault).faults;
  }
}

/** What just holds, and what is just broken, by the rule. */
const CASES: Readonly<Record<string, { readonly holds: Record<string, string>; readonly broken: Record<string, string> }>> = {
  'an answer is awaited as long as it may take': { holds: { 'payments:ack_deadline': '60s' }, broken: { 'payments:ack_deadline': '59s' } },
  'a claim outlives the watermark of its payment': { holds: { 'payments:claim_slack': '360s' }, broken: { 'payments:claim_slack': '359s' } },
  'an outage does not turn messages into dead letters': { holds: { 'payments:outage': '8430s' }, broken: { 'payments:outage': '8431s' } },
  'waits grow': { holds: { 'payments:retry_minimum': '600s' }, broken: { 'payments:retry_minimum': '21s', 'payments:retry_maximum': '20s', 'payments:outage': '1m' } },
  'a dead letter comes before the grace of its duplicates is over': { holds: { 'payments:orphan_grace': '8430s' }, broken: { 'payments:orphan_grace': '8429s' } },
  'a message on its way is not called missing': { holds: { 'payments:missing_after': '690s' }, broken: { 'payments:missing_after': '689s' } },
  'a producer is named where it is part of the identity': { holds: { 'payments:identity_scope': 'producer+transaction_id', 'payments:producer': 'shop' }, broken: { 'payments:identity_scope': 'producer+transaction_id' } },
  'a budget has an account and an amount': { holds: { 'payments:billing_account': '012345-6789AB-CDEF01', 'payments:monthly_budget': '5' }, broken: { 'payments:monthly_budget': '5' } },
  'somebody reads the alerts of what is protected': { holds: { 'payments:protected': 'true', 'payments:alert_emails': 'a@example.com' }, broken: { 'payments:protected': 'true' } },
  'a key is where its datasets are': { holds: { 'payments:customer_managed_keys': 'true' }, broken: { 'payments:customer_managed_keys': 'true', 'payments:location': 'EU' } },
  'memory has the CPUs that it needs': { holds: { 'payments:cpu': '4', 'payments:memory': '2Gi' }, broken: { 'payments:cpu': '4', 'payments:memory': '1Gi' } },
};

describe('rules that tie settings together', () => {
  test.each(Object.entries(CASES))('%s', (_name, { holds, broken }) => {
    expect(faultsOf(holds)).toEqual([]);
    expect(faultsOf(broken)).toHaveLength(1);
  });

  test('a sweep looks back the orphan grace and two hours: a smaller margin in the code stops every deployment', () => {
    const values = readStackConfiguration(LEAST);
    expect(brokenRules(values)).toEqual([]);
    expect(brokenRules(values, new Set(), SWEEP_MARGIN)).toEqual([]);
    expect(brokenRules(values, new Set(), 2 * MICROS_PER_HOUR - 1)).toEqual([expect.stringMatching(/^a sweep looks back/)]);
  });

  test('every rule has a case here', () => {
    expect(RULES.map(({ name }) => name).filter((name) => name !== 'a sweep sees every duplicate whose owner never came').sort()).toEqual(Object.keys(CASES).sort());
  });

  test('a rule is not asked where one of its settings can\'t be read', () => {
    const faults = faultsOf({ 'payments:ack_deadline': 'soon', 'payments:push_timeout': '600s', 'payments:claim_slack': '1h' });
    expect(faults).toEqual([expect.stringMatching(/^payments:ack_deadline must be a duration/)]);
  });
});

describe('the time until a message becomes a dead letter', () => {
  const SECOND = MICROS_PER_SECOND;
  const cases: [number, number, number, number][] = [
    // first wait, longest wait, attempts, seconds in all
    [10, 600, 5, 10 + 20 + 40 + 80],
    [10, 600, 8, 10 + 20 + 40 + 80 + 160 + 320 + 600],
    [10, 600, 20, 630 + 13 * 600],
    [600, 600, 5, 4 * 600],
    [1, 1, 100, 99],
  ];
  test.each(cases)('waits from %i to %i s, %i attempts: %i s', (least, most, delivery_attempts, seconds) => {
    expect(timeUntilDeadLetter({ retry_minimum: least * SECOND, retry_maximum: most * SECOND, delivery_attempts })).toBe(seconds * SECOND);
  });
});

test('a claim lives for the watermark and the slack at least, whenever the payment happened', async () => {
  const settings = readStackConfiguration(LEAST);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -400 * 24, max: 400 * 24 }), async (hours) => {
      const { message, payment } = goodPaymentOfTime(hours * MICROS_PER_HOUR);
      let life = 0;
      await claim([{ message, payment }], { claim: (requests) => ((life = requests[0].expires_at - message.received_at), Promise.resolve([])) }, settings);
      expect(life).toBeGreaterThanOrEqual(settings.watermark + settings.claim_slack);
      if (hours > 0) expect(life).toBeGreaterThanOrEqual(Math.min(hours, 24) * MICROS_PER_HOUR + settings.watermark + settings.claim_slack);
    }),
  );
});
