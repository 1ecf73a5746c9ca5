import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, replaceable } from '../context.ts';
import { SUBSCRIPTIONS } from '../names.ts';
import { promqlName } from './metrics.ts';

/** A chart: what is drawn, as PromQL by name. */
interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly lines: Readonly<Record<string, string>>;
}

const WINDOW = '300s';
const perMinute = (what: Parameters<typeof promqlName>[0]) => `60 * sum(rate(${promqlName(what, '_sum')}[${WINDOW}]))`;
const oldest = (subscription: string) => `max(pubsub_googleapis_com:subscription_oldest_unacked_message_age{monitored_resource="pubsub_subscription",subscription_id="${subscription}"})`;

/** What an operator wants to see at one look. */
export const CHARTS: readonly Chart[] = [
  { title: 'Messages journaled a minute', unit: 'messages', lines: { messages: perMinute('messages') } },
  { title: 'Duplicates, conflicts, late and rejected a minute', unit: 'messages', lines: { duplicates: perMinute('duplicate'), conflicts: perMinute('conflict'), late: perMinute('late'), rejected: perMinute('rejected') } },
  { title: 'Age of the oldest message', unit: 'seconds', lines: { payments: oldest(SUBSCRIPTIONS.process), redrive: oldest(SUBSCRIPTIONS.redrive), 'dead letters': oldest(SUBSCRIPTIONS.keep), archive: oldest(SUBSCRIPTIONS.archive) } },
  { title: 'Dead letters an hour', unit: 'messages', lines: { 'dead letters': 'sum by (subscription_id) (increase(pubsub_googleapis_com:subscription_dead_letter_message_count{monitored_resource="pubsub_subscription"}[3600s]))' } },
  { title: 'Postings an hour, by kind', unit: 'runs', lines: { postings: `sum by (kind) (increase(${promqlName('posting')}[3600s]))` } },
  { title: 'Reconciliations a day, by verdict', unit: 'runs', lines: { reconciliations: `sum by (verdict) (increase(${promqlName('reconciliation')}[86400s]))` } },
  { title: 'Answers a minute, by class', unit: 'requests', lines: { answers: `60 * sum by (service_name, response_code_class) (rate(run_googleapis_com:request_count{monitored_resource="cloud_run_revision",service_name=~"payments-.*"}[${WINDOW}]))` } },
  { title: 'Time of a request, 99th percentile', unit: 'milliseconds', lines: { request: `histogram_quantile(0.99, sum by (service_name, le) (rate(run_googleapis_com:request_latencies_bucket{monitored_resource="cloud_run_revision",service_name=~"payments-.*"}[${WINDOW}])))` } },
];

/** Columns of the grid, and the size of a tile in them. */
const COLUMNS = 48;
const TILE = { width: 24, height: 16 } as const;

/** https://cloud.google.com/monitoring/api/ref_v3/rest/v1/projects.dashboards */
export function dashboardJson(): string {
  const tiles = CHARTS.map(({ title, unit, lines }, index) => ({
    ...TILE,
    xPos: (index * TILE.width) % COLUMNS,
    yPos: Math.floor((index * TILE.width) / COLUMNS) * TILE.height,
    widget: {
      title,
      xyChart: {
        dataSets: Object.entries(lines).map(([name, prometheusQuery]) => ({ timeSeriesQuery: { prometheusQuery }, plotType: 'LINE', targetAxis: 'Y1', legendTemplate: Object.keys(lines).length > 1 ? name : '' })),
        yAxis: { label: unit, scale: 'LINEAR' },
      },
    },
  }));
  return JSON.stringify({ displayName: 'Payments', mosaicLayout: { columns: COLUMNS, tiles } });
}

export class Dashboard extends pulumi.ComponentResource {
  readonly dashboard: gcp.monitoring.Dashboard;

  constructor({ configuration }: Context, after: After) {
    super('payments:gcp:Dashboard', 'dashboard');
    this.dashboard = new gcp.monitoring.Dashboard('payments', { project: configuration.project, dashboardJson: dashboardJson() }, replaceable(this, after));
    this.registerOutputs();
  }
}
