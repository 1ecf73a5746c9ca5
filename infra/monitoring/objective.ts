import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, replaceable } from '../context.ts';
import { metricName } from './metrics.ts';

/** Share of reconciliations that must tie out. At one an hour, six in four weeks may find something. */
export const GOAL = 0.99;
/** Days over which it is counted. */
export const ROLLING_DAYS = 28;

/** The objective of exactly-once: measured by the proof itself, from what was published and what is in the ledger. */
export class Objective extends pulumi.ComponentResource {
  constructor({ configuration, labels }: Context, after: After) {
    super('payments:gcp:Objective', 'objective');
    const { project } = configuration;
    const service = new gcp.monitoring.CustomService('payments', { project, serviceId: 'payments', displayName: 'Payments', userLabels: { ...labels } }, replaceable(this, after));
    const reconciliations = `metric.type="logging.googleapis.com/user/${metricName('reconciliation')}" resource.type="cloud_run_revision"`;
    new gcp.monitoring.Slo(
      'exactly-once',
      {
        project, service: service.serviceId, sloId: 'exactly-once', displayName: 'Every payment is in the ledger exactly once, or in a named bucket', goal: GOAL, rollingPeriodDays: ROLLING_DAYS, userLabels: { ...labels },
        requestBasedSli: { goodTotalRatio: { goodServiceFilter: `${reconciliations} metric.label.verdict=one_of("reconciled", "pending")`, totalServiceFilter: reconciliations } },
      },
      replaceable(this, after),
    );
    this.registerOutputs();
  }
}
