import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { FUNCTION_NAMES } from '../../functions/deployed/function-variables.ts';
import { type After, type Context, replaceable } from '../context.ts';
import { serviceName } from '../names.ts';

/** What of the requests that went well is not logged, as a filter; null where all is. */
export function leftOut(project: string, percent: number): string | null {
  if (percent >= 100) return null;
  const share = percent === 0 ? [] : [`sample(insertId, ${(100 - percent) / 100})`];
  return [
    'resource.type="cloud_run_revision"',
    `resource.labels.service_name=(${FUNCTION_NAMES.map((name) => `"${serviceName(name)}"`).join(' OR ')})`,
    `logName="projects/${project}/logs/run.googleapis.com%2Frequests"`,
    'httpRequest.status<400',
    ...share,
  ].join('\n');
}

/** One in so many requests that went well is logged, and all that did not: at full rate the logs cost as much as the claims. */
export class RequestLogs extends pulumi.ComponentResource {
  constructor({ configuration }: Context, after: After) {
    super('payments:gcp:RequestLogs', 'request-logs');
    const filter = leftOut(configuration.project, configuration.request_log_percent);
    if (filter) new gcp.logging.ProjectExclusion('payments-requests', { project: configuration.project, name: 'payments-requests', description: 'Requests of the payments that went well, but for a sample.', filter }, replaceable(this, after));
    this.registerOutputs();
  }
}
