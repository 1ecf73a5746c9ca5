import { readFileSync } from 'node:fs';
import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, replaceable } from '../context.ts';
import { alertsOf } from './alerts.ts';

/** Seconds between two e-mails about one kind of log line. */
const RATE_LIMIT_SECONDS = 300;
/** Seconds after which an incident that nothing is heard of any more is closed. */
const AUTO_CLOSE_SECONDS = 86_400;

/** Alerts, their runbook pages with them, and whom they go to. */
export class AlertPolicies extends pulumi.ComponentResource {
  readonly channels: readonly gcp.monitoring.NotificationChannel[];
  readonly policies: readonly gcp.monitoring.AlertPolicy[];

  constructor({ configuration, labels }: Context, after: After) {
    super('payments:gcp:AlertPolicies', 'alerts');
    const { project, alert_emails } = configuration;
    this.channels = (alert_emails ?? []).map((email) => new gcp.monitoring.NotificationChannel(email, { project, type: 'email', displayName: `Payments: ${email}`, labels: { email_address: email }, userLabels: { ...labels } }, replaceable(this, after)));
    this.policies = alertsOf(configuration).map(({ id, title, severity, conditions }) => {
      const fromLog = conditions.some(({ conditionMatchedLog }) => conditionMatchedLog !== undefined);
      const args: gcp.monitoring.AlertPolicyArgs = {
        project, displayName: `Payments: ${title}`, combiner: 'OR', severity, userLabels: { ...labels },
        conditions: conditions.map(({ says, ...condition }) => ({ displayName: says, ...condition })),
        documentation: { mimeType: 'text/markdown', content: runbook(id) },
        alertStrategy: { autoClose: `${AUTO_CLOSE_SECONDS}s`, ...(fromLog ? { notificationRateLimit: { period: `${RATE_LIMIT_SECONDS}s` } } : {}) },
        notificationChannels: this.channels.map((channel) => channel.name),
      };
      return new gcp.monitoring.AlertPolicy(id, args, replaceable(this, after));
    });
    this.registerOutputs();
  }
}

/** The page of an alert: what it means, what to look at, what to do. */
export function runbook(id: string): string {
  return readFileSync(new URL(`../../docs/runbooks/${id}.md`, import.meta.url), 'utf8');
}
