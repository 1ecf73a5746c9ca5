import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, replaceable } from '../context.ts';

/** Parts of the budget at which somebody is told, and of what is forecast for the month. */
const SPENT = [0.5, 0.9, 1] as const;
const FORECAST = 1.2;

/** Tells what the project costs; it stops nothing. */
export class Budget extends pulumi.ComponentResource {
  constructor({ configuration, project_number }: Context, account: string, units: number, channels: readonly gcp.monitoring.NotificationChannel[], after: After) {
    super('payments:gcp:Budget', 'budget');
    new gcp.billing.Budget(
      'payments',
      {
        billingAccount: account, displayName: `Payments: ${configuration.project}`,
        budgetFilter: { projects: [pulumi.interpolate`projects/${project_number}`] },
        amount: { specifiedAmount: { units: String(units) } },
        thresholdRules: [...SPENT.map((thresholdPercent) => ({ thresholdPercent, spendBasis: 'CURRENT_SPEND' })), { thresholdPercent: FORECAST, spendBasis: 'FORECASTED_SPEND' }],
        allUpdatesRule: { monitoringNotificationChannels: channels.map((channel) => channel.name), disableDefaultIamRecipients: false },
      },
      replaceable(this, after),
    );
    this.registerOutputs();
  }
}
