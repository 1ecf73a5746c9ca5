import type * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import type { Context } from './context.ts';
import { DATASETS, SUBSCRIPTIONS } from './names.ts';
import type { Reports } from './reports.ts';
import type { Topics } from './topics.ts';

/** What `pulumi up` shows in the end. */
export interface Outputs {
  readonly paymentsTopic: pulumi.Output<string>;
  readonly deadLettersTopic: pulumi.Output<string>;
  readonly parkedDeadLetters: string;
  /** A line for the shell that publishes one payment. */
  readonly publishTestPayment: pulumi.Output<string>;
  readonly ledger: string;
  readonly financeDataset: string;
  readonly reports: pulumi.Output<string>;
  readonly dashboard: pulumi.Output<string>;
}

/** A payment that can be told from real ones; the shell fills in a new id and the time. */
const TEST_PAYMENT =
  '{"transaction_id":"test-\'$(date +%s)\'","kind":"payment","amount":"1.00","currency":"EUR","event_time":"\'$(date -u +%Y-%m-%dT%H:%M:%SZ)\'","customer_id":"test-customer","merchant_id":"test-merchant"}';

export function outputsOf({ configuration }: Context, { topics, reports, dashboard }: { readonly topics: Topics; readonly reports: Reports; readonly dashboard: gcp.monitoring.Dashboard }): Outputs {
  const { project } = configuration;
  return {
    paymentsTopic: topics.payments.id,
    deadLettersTopic: topics.dead_letters.id,
    parkedDeadLetters: SUBSCRIPTIONS.parked,
    publishTestPayment: pulumi.interpolate`gcloud pubsub topics publish ${topics.payments.name} --project ${project} --message '${TEST_PAYMENT}'`,
    ledger: `${project}.${DATASETS.payments}.payment_transactions`,
    financeDataset: `${project}.${DATASETS.finance}`,
    reports: pulumi.interpolate`gs://${reports.bucket.name}`,
    dashboard: dashboard.id.apply((id) => `https://console.cloud.google.com/monitoring/dashboards/builder/${id.split('/').at(-1)}?project=${project}`),
  };
}
