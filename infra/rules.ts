import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../functions/payment/time.ts';
import { formatDuration } from '../functions/settings.ts';
import { SWEEP_MARGIN } from '../functions/ledger/post.ts';
import { timeUntilDeadLetter } from './time-until-dead-letter.ts';
import type { StackValues } from './settings.ts';

/** How far the clocks of two instances may lie apart. Prevents a claim from ending, by one clock, while a copy is on time by another. */
export const CLOCK_DIFFERENCE = 300 * MICROS_PER_SECOND;
/** What a sweep must look back beyond the orphan grace. Prevents a duplicate whose grace is just over from being skipped. */
export const LEAST_SWEEP_MARGIN = 2 * MICROS_PER_HOUR;

/** What ties settings together. `broken` says what is wrong, or null. */
export interface Rule {
  readonly name: string;
  /** The settings that it reads: it isn't asked where one of them can't be read. */
  readonly reads: readonly (keyof StackValues)[];
  readonly broken: (values: StackValues, sweepMargin: number) => string | null;
}

/** Rules that no range of one setting can state. Each is checked before anything is registered. */
export const RULES: readonly Rule[] = [
  rule('an answer is awaited as long as it may take', ['ack_deadline', 'push_timeout'], ({ ack_deadline, push_timeout }) =>
    ack_deadline < push_timeout ? `payments:ack_deadline (${formatDuration(ack_deadline)}) must be at least payments:push_timeout (${formatDuration(push_timeout)}): otherwise a message is delivered again while it is being worked on` : null,
  ),
  // A copy judged on time may reach the claims a time limit later, by a clock that is behind: the claim must still be there.
  rule('a claim outlives the watermark of its payment', ['claim_slack', 'push_timeout'], ({ claim_slack, push_timeout }) =>
    claim_slack < push_timeout + CLOCK_DIFFERENCE ? `payments:claim_slack (${formatDuration(claim_slack)}) must be at least payments:push_timeout and ${formatDuration(CLOCK_DIFFERENCE)} for clocks that differ (${formatDuration(push_timeout + CLOCK_DIFFERENCE)}): otherwise a claim ends while a copy is still on time` : null,
  ),
  rule('a sweep sees every duplicate whose owner never came', ['orphan_grace'], ({ orphan_grace }, sweepMargin) =>
    sweepMargin < LEAST_SWEEP_MARGIN ? `a sweep looks back ${formatDuration(orphan_grace + sweepMargin)}, and must look back the orphan grace and ${formatDuration(LEAST_SWEEP_MARGIN)}: otherwise a duplicate is skipped for good` : null,
  ),
  rule('an outage does not turn messages into dead letters', ['retry_minimum', 'retry_maximum', 'delivery_attempts', 'outage'], (values) =>
    timeUntilDeadLetter(values) < values.outage ? `payments:outage (${formatDuration(values.outage)}) is longer than a message is retried (${formatDuration(timeUntilDeadLetter(values))}): raise payments:delivery_attempts or the waits, or lower payments:outage` : null,
  ),
  rule('waits grow', ['retry_minimum', 'retry_maximum'], ({ retry_minimum, retry_maximum }) =>
    retry_minimum > retry_maximum ? `payments:retry_minimum (${formatDuration(retry_minimum)}) must not be above payments:retry_maximum (${formatDuration(retry_maximum)})` : null,
  ),
  rule('a dead letter comes before the grace of its duplicates is over', ['retry_minimum', 'retry_maximum', 'delivery_attempts', 'orphan_grace'], (values) =>
    values.orphan_grace < timeUntilDeadLetter(values) ? `payments:orphan_grace (${formatDuration(values.orphan_grace)}) must be at least the time until a message becomes a dead letter (${formatDuration(timeUntilDeadLetter(values))}): otherwise a duplicate is posted before its owner` : null,
  ),
  rule('a message on its way is not called missing', ['missing_after', 'retry_maximum', 'ack_deadline'], ({ missing_after, retry_maximum, ack_deadline }) =>
    missing_after < retry_maximum + ack_deadline ? `payments:missing_after (${formatDuration(missing_after)}) must be at least payments:retry_maximum and payments:ack_deadline together (${formatDuration(retry_maximum + ack_deadline)})` : null,
  ),
  rule('a producer is named where it is part of the identity', ['identity_scope', 'producer'], ({ identity_scope, producer }) =>
    identity_scope === 'producer+transaction_id' && producer === null ? 'payments:producer must be set where payments:identity_scope is producer+transaction_id' : null,
  ),
  rule('a budget has an account and an amount', ['billing_account', 'monthly_budget'], ({ billing_account, monthly_budget }) =>
    (billing_account === null) !== (monthly_budget === null) ? 'payments:billing_account and payments:monthly_budget must be set both, or neither' : null,
  ),
  rule('somebody reads the alerts of what is protected', ['protected', 'alert_emails'], ({ protected: isProtected, alert_emails }) =>
    isProtected && alert_emails === null ? 'payments:alert_emails must be set where payments:protected is true: an alert that nobody reads is none' : null,
  ),
  // A key of a region can't encrypt a dataset of a multi-region. https://cloud.google.com/bigquery/docs/customer-managed-encryption
  rule('a key is where its datasets are', ['customer_managed_keys', 'location', 'region'], ({ customer_managed_keys, location, region }) =>
    customer_managed_keys && location !== null && location !== region ? 'payments:location must be the region, or left out, where payments:customer_managed_keys is true' : null,
  ),
  // Prices and limits of Cloud Run: https://cloud.google.com/run/docs/configuring/services/memory-limits
  rule('memory has the CPUs that it needs', ['cpu', 'memory'], ({ cpu, memory }) => (cpu === '4' && memory !== '2Gi' && memory !== '4Gi' ? 'payments:memory must be 2Gi or more where payments:cpu is 4' : null)),
];

function rule(name: string, reads: Rule['reads'], broken: Rule['broken']): Rule {
  return { name, reads, broken };
}

/** What is wrong, a sentence each; rules with a setting among `unreadable` are left out. */
export function brokenRules(values: StackValues, unreadable: ReadonlySet<keyof StackValues> = new Set(), sweepMargin = SWEEP_MARGIN): string[] {
  return RULES.filter(({ reads }) => !reads.some((name) => unreadable.has(name))).flatMap(({ broken }) => broken(values, sweepMargin) ?? []);
}
