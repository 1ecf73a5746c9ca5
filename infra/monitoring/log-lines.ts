import { VERDICT_LINES } from '../../functions/deployed/reconcile-job.ts';
import type { FunctionName } from '../../functions/deployed/function-variables.ts';
import { serviceName } from '../names.ts';

/** What the functions say, and metrics and alerts look for. A test has the functions say it. */
export const LINES = { journaled: 'messages journaled', posted: 'posted' } as const;

/** Verdicts of which somebody must know. */
export const RED_VERDICT_LINES: readonly string[] = [VERDICT_LINES.incomplete[1], VERDICT_LINES.breaks[1]];
export const ALL_VERDICT_LINES: readonly string[] = Object.values(VERDICT_LINES).map(([, message]) => message);

/** A filter of Cloud Logging: lines of some functions with one of some messages. https://cloud.google.com/logging/docs/view/logging-query-language */
export function linesOf(functions: readonly FunctionName[], messages: readonly string[]): string {
  return [
    'resource.type="cloud_run_revision"',
    `resource.labels.service_name=(${functions.map((name) => quoted(serviceName(name))).join(' OR ')})`,
    `jsonPayload.message=(${messages.map(quoted).join(' OR ')})`,
  ].join('\n');
}

function quoted(text: string): string {
  return `"${text}"`;
}
