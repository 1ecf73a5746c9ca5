import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, replaceable } from '../context.ts';
import { PUSH_FUNCTIONS } from '../function-list.ts';
import { ALL_VERDICT_LINES, LINES, linesOf } from './log-lines.ts';

/** What is counted in the log. */
interface LogMetric {
  readonly name: string;
  readonly description: string;
  readonly filter: string;
  /** A field that tells lines apart. */
  readonly label?: string;
  /** A field whose numbers are summed up. */
  readonly sums?: string;
}

const JOURNALED = linesOf(PUSH_FUNCTIONS, [LINES.journaled]);

/** Outcomes of messages that the dashboard shows; each is a field of the summary line. */
export const SUMMED = ['messages', 'duplicate', 'conflict', 'late', 'rejected'] as const;

export const METRICS: readonly LogMetric[] = [
  ...SUMMED.map((field) => ({ name: metricName(field), description: `Of the messages that were journaled: ${field}.`, filter: JOURNALED, sums: field })),
  { name: metricName('posting'), description: 'Postings that were committed, by kind.', filter: linesOf(['postLedger', 'sweepLate'], [LINES.posted]), label: 'kind' },
  { name: metricName('reconciliation'), description: 'Reconciliations, by verdict.', filter: linesOf(['reconcile'], ALL_VERDICT_LINES), label: 'verdict' },
];

export function metricName(what: (typeof SUMMED)[number] | 'posting' | 'reconciliation'): string {
  return `payments_${what}`;
}

/** A metric as PromQL names it. https://cloud.google.com/monitoring/promql/promql-mapping */
export function promqlName(what: Parameters<typeof metricName>[0], part: '' | '_sum' = ''): string {
  return `logging_googleapis_com:user_${metricName(what)}${part}{monitored_resource="cloud_run_revision"}`;
}

/** Metrics read off the log. They count from the moment on at which they are made. */
export class LogMetrics extends pulumi.ComponentResource {
  readonly all: readonly gcp.logging.Metric[];

  constructor({ configuration }: Context, after: After) {
    super('payments:gcp:LogMetrics', 'log-metrics');
    this.all = METRICS.map(({ name, description, filter, label, sums }) => {
      const labels = label ? { labels: [{ key: label, valueType: 'STRING' }] } : {};
      const args: gcp.logging.MetricArgs = {
        project: configuration.project, name, description, filter,
        metricDescriptor: { metricKind: 'DELTA', valueType: sums ? 'DISTRIBUTION' : 'INT64', unit: '1', ...labels },
        ...(label ? { labelExtractors: { [label]: `EXTRACT(jsonPayload.${label})` } } : {}),
        ...(sums ? { valueExtractor: `EXTRACT(jsonPayload.${sums})` } : {}),
      };
      return new gcp.logging.Metric(name, args, replaceable(this, after));
    });
    this.registerOutputs();
  }
}
