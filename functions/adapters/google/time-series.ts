import { type Micros, MICROS_PER_SECOND } from '../../payment/time.ts';
import { timeOf } from '../envelope-fields.ts';
import { isObject } from '../strict-object.ts';

/** The newest point of a subscription's metric. */
export interface Sample {
  readonly value: number;
  readonly sampled_at: Micros;
}

/** What is asked for: a metric of some subscriptions (short names) of one project, over the last while. */
export interface SampleQuery {
  readonly metric: string;
  readonly subscriptions: readonly string[];
  readonly from: Micros;
  readonly to: Micros;
}

/** The query's parameters. https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.timeSeries/list */
export function sampleParameters({ metric, subscriptions, from, to }: SampleQuery): Record<string, string> {
  const names = subscriptions.map((name) => JSON.stringify(name)).join(',');
  return {
    filter: `metric.type="pubsub.googleapis.com/subscription/${metric}" AND resource.type="pubsub_subscription" AND resource.labels.subscription_id=one_of(${names})`,
    'interval.startTime': secondsOf(from),
    'interval.endTime': secondsOf(to),
    view: 'FULL',
  };
}

/** The newest sample of each subscription in an answer; what isn't as documented is no sample. Of several series of one, the greatest value counts. */
export function samplesOf(answer: unknown): Map<string, Sample> {
  const newest = new Map<string, Sample>();
  const series = isObject(answer) && Array.isArray(answer.timeSeries) ? (answer.timeSeries as unknown[]) : [];
  for (const one of series) {
    const [name, sample] = [nameOf(one), newestPoint(one)];
    const before = name === null ? undefined : newest.get(name);
    if (name !== null && sample !== null && (before === undefined || sample.value > before.value)) newest.set(name, sample);
  }
  return newest;
}

function nameOf(series: unknown): string | null {
  const labels = isObject(series) && isObject(series.resource) && isObject(series.resource.labels) ? series.resource.labels : {};
  return typeof labels.subscription_id === 'string' ? labels.subscription_id : null;
}

function newestPoint(series: unknown): Sample | null {
  const points = isObject(series) && Array.isArray(series.points) ? (series.points as unknown[]) : [];
  const samples = points.map(sampleOf).filter((sample) => sample !== null);
  return samples.reduce<Sample | null>((newest, sample) => (newest === null || sample.sampled_at > newest.sampled_at ? sample : newest), null);
}

/** INT64 comes as text. */
function sampleOf(point: unknown): Sample | null {
  if (!isObject(point) || !isObject(point.interval) || !isObject(point.value)) return null;
  const sampled_at = timeOf(point.interval.endTime);
  const { int64Value } = point.value;
  if (sampled_at === null || typeof int64Value !== 'string' || !/^\d{1,15}$/.test(int64Value)) return null;
  return { value: Number(int64Value), sampled_at };
}

function secondsOf(time: Micros): string {
  return new Date((Math.floor(time / MICROS_PER_SECOND) * MICROS_PER_SECOND) / 1_000).toISOString();
}
