import type * as gcp from '@pulumi/gcp';

/** An alert. Its page, docs/runbooks/<id>.md, is sent along with it. */
export interface Alert {
  readonly id: string;
  readonly title: string;
  readonly severity: 'CRITICAL' | 'ERROR' | 'WARNING';
  readonly conditions: readonly AlertCondition[];
}

export type AlertCondition = Omit<gcp.types.input.monitoring.AlertPolicyCondition, 'displayName' | 'name'> & { readonly says: string };

/** Something measured is above a value for a time. Periods are seconds, whole minutes of them. */
export function above(says: string, filter: string, aggregation: { readonly period: number; readonly align: string; readonly reduce: string; readonly by?: readonly string[] }, value: number, forSeconds: number): AlertCondition {
  const { period, align, reduce, by } = aggregation;
  const aggregations = [{ alignmentPeriod: `${period}s`, perSeriesAligner: align, crossSeriesReducer: reduce, ...(by ? { groupByFields: [...by] } : {}) }];
  return { says, conditionThreshold: { filter, aggregations, comparison: 'COMPARISON_GT', thresholdValue: value, duration: `${forSeconds}s`, trigger: { count: 1 } } };
}

/** A line was written that should not be. */
export function logged(says: string, filter: string): AlertCondition {
  return { says, conditionMatchedLog: { filter } };
}

/** A query of PromQL has an answer. Its metrics are not looked up: those read off the log appear with their first line. */
export function answered(says: string, query: string, forSeconds = 0): AlertCondition {
  return { says, conditionPrometheusQueryLanguage: { query, duration: `${forSeconds}s`, evaluationInterval: '60s', disableMetricValidation: true } };
}
