import { FUNCTION_NAMES, type FunctionName } from '../functions/deployed/function-variables.ts';
import type { StackConfiguration } from './configuration.ts';
import type { AccountName } from './names.ts';

/** What calls a function: Pub/Sub pushes a message, the scheduler runs a job. */
export type CalledBy = Extract<AccountName, 'push' | 'scheduler'>;

/** Instances of a job's function at most: a run by hand beside the scheduled one, and one that is ending. */
const JOB_INSTANCES = 3;
/** Requests of one job's instance at a time. Prevents two reconciliations from sharing one memory. */
const JOB_CONCURRENCY = 1;

const CALLERS: Readonly<Record<FunctionName, CalledBy>> = {
  processPayment: 'push',
  processRedrive: 'push',
  keepDeadLetter: 'push',
  postLedger: 'scheduler',
  sweepLate: 'scheduler',
  reconcile: 'scheduler',
  publishReport: 'scheduler',
};

/** What a function runs on. */
export interface Sizing {
  readonly timeout_seconds: number;
  readonly concurrency: number;
  readonly max_instances: number;
  readonly min_instances: number;
  readonly memory: string;
  readonly cpu: string;
}

export function calledBy(name: FunctionName): CalledBy {
  return CALLERS[name];
}

export const PUSH_FUNCTIONS: readonly FunctionName[] = FUNCTION_NAMES.filter((name) => CALLERS[name] === 'push');
export const JOB_FUNCTIONS: readonly FunctionName[] = FUNCTION_NAMES.filter((name) => CALLERS[name] === 'scheduler');

/** Concurrency and instances are always set: the API's concurrency is 1 otherwise, and its instances are 100. */
export function sizingOf(name: FunctionName, configuration: StackConfiguration): Sizing {
  if (CALLERS[name] === 'scheduler') {
    return { timeout_seconds: seconds(configuration.job_timeout), concurrency: JOB_CONCURRENCY, max_instances: JOB_INSTANCES, min_instances: 0, memory: configuration.job_memory, cpu: '1' };
  }
  return {
    timeout_seconds: seconds(configuration.push_timeout),
    concurrency: configuration.concurrency,
    max_instances: configuration.max_instances,
    min_instances: name === 'processPayment' ? configuration.min_instances : 0,
    memory: configuration.memory,
    cpu: configuration.cpu,
  };
}

/** Microseconds as whole seconds. */
export function seconds(micros: number): number {
  return Math.floor(micros / 1_000_000);
}

/** Microseconds as Google's APIs write durations: `600s`. */
export function secondsText(micros: number): string {
  return `${seconds(micros)}s`;
}
