import { GoogleAuth, PassThroughClient } from 'google-auth-library';
import { counted, readableDelay } from '../../figures.ts';
import { type Micros, MICROS_PER_SECOND } from '../../payment/time.ts';
import type { Backlog, Clock } from '../../ports.ts';
import { describeError } from './error-kinds.ts';
import { type Sample, sampleParameters, samplesOf } from './time-series.ts';

/** What is needed of google-auth-library's `GoogleAuth`: an authorised request, with its retries. */
export interface MonitoringCaller {
  request(options: { url: string; params: Record<string, string>; timeout: number }): Promise<{ readonly data: unknown }>;
}

/** Read-only: what the caller's credentials have to allow. */
export const MONITORING_SCOPE = 'https://www.googleapis.com/auth/monitoring.read';

export interface MonitoringOptions {
  readonly project: string;
  /** `projects/P/subscriptions/S`, all of that project: payments, redrive, dead letters, archive. */
  readonly subscriptions: readonly string[];
  /** What is older than this and not acknowledged is behind: the setting `missing_after`, from which age on a message without a line is missing. */
  readonly behind_after: Micros;
  readonly clock: Clock;
  readonly endpoint?: string;
}

/** Calls with the credentials of the environment; to an address without TLS without any: it is not Google's. */
export function monitoringCaller(url: string): MonitoringCaller {
  return new GoogleAuth(url.startsWith('http://') ? { authClient: new PassThroughClient() } : { scopes: [MONITORING_SCOPE] });
}

const ENDPOINT = 'https://monitoring.googleapis.com';
/** How far back a sample is looked for. Samples come every minute and show up to 4 minutes later. Prevents an old "nothing waits" from being believed. https://cloud.google.com/monitoring/api/metrics_gcp_p_z#gcp-pubsub */
const SAMPLES_OF: Micros = 10 * 60 * MICROS_PER_SECOND;
/** Milliseconds until a call is given up. Prevents a reconciliation from waiting for a service that doesn't answer. */
const DEADLINE_MILLISECONDS = 20_000;
const MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;

/**
 * What waits in the subscriptions, by Cloud Monitoring. Never rejects: where nothing is known (no data, an error, an answer that isn't as
 * documented), that is why something may be behind.
 */
export function monitoringBacklog(caller: MonitoringCaller, options: MonitoringOptions): Backlog {
  const names = options.subscriptions.map((subscription) => subscription.split('/').at(-1)!);
  const read = async (metric: string, now: Micros) => {
    const params = sampleParameters({ metric, subscriptions: names, from: now - SAMPLES_OF, to: now });
    const url = `${options.endpoint ?? ENDPOINT}/v3/projects/${options.project}/timeSeries`;
    return samplesOf((await caller.request({ url, params, timeout: DEADLINE_MILLISECONDS })).data);
  };
  return {
    async behind() {
      const now = options.clock.now();
      try {
        const [waiting, oldest] = await Promise.all([read('num_undelivered_messages', now), read('oldest_unacked_message_age', now)]);
        return names.flatMap((name) => whyBehind(name, waiting.get(name), oldest.get(name), now, options.behind_after) ?? []);
      } catch (error) {
        const { code, name } = describeError(error);
        return [`what waits in ${names.join(', ')} is not known: Cloud Monitoring could not be asked (${code ?? name})`];
      }
    },
  };
}

/** Null where nothing waits, or nothing for long. The age is in seconds, at the time of its sample: since then it may have grown. */
function whyBehind(name: string, waiting: Sample | undefined, oldest: Sample | undefined, now: Micros, behind_after: Micros): string | null {
  if (waiting === undefined) return `what waits in ${name} is not known: Cloud Monitoring has no figure of the last minutes`;
  if (waiting.value === 0) return null;
  if (oldest === undefined) return `${counted(waiting.value, 'message')} in ${name} ${waiting.value === 1 ? 'waits' : 'wait'}, and for how long is not known`;
  const age = oldest.value * MICROS_PER_SECOND + (now - oldest.sampled_at);
  if (age < behind_after) return null;
  return `${counted(waiting.value, 'message')} in ${name} ${waiting.value === 1 ? 'waits' : 'wait'}, the oldest for ${readableDelay(Math.floor(age / MICROS_PER_MINUTE))}`;
}
