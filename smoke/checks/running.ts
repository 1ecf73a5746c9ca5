import type { JobState } from '../../functions/ports.ts';
import { bucketName, JOBS, serviceName, SUBSCRIPTIONS } from '../../infra/names.ts';
import { PUSH_FUNCTIONS } from '../../infra/function-list.ts';
import { isTrueAt, numberAt, textAt } from '../google/fields.ts';
import { type Finding, unlessFaults } from '../result.ts';
import type { Check } from './check.ts';

/** Scheduler, Cloud Run and Cloud Storage. */
export const RUNNING_CHECKS: readonly Check[] = [
  {
    name: 'jobs',
    asks: 'whether every job of the scheduler is there and enabled, and none failed when it ran last',
    no_emulator: null,
    next: 'docs/runbooks/job-failed.md; `npm run payments -- jobs list` shows them, `jobs resume` enables one.',
    async run({ jobs }): Promise<Finding> {
      const states = await jobs.list();
      return unlessFaults(faultsOf(states), `${states.length} jobs`);
    },
  },
  {
    name: 'concurrency',
    asks: 'whether the functions that take messages are reached from inside only, take several requests at a time, and end before Pub/Sub gives up waiting',
    no_emulator: 'there is none of Cloud Run',
    next: 'Set payments:concurrency, payments:push_timeout and payments:ack_deadline, and `pulumi up`. The API\'s own concurrency is 1.',
    async run({ google, place: { project, region } }): Promise<Finding> {
      const deadline = numberAt(await google.read('pubsub', `projects/${project}/subscriptions/${SUBSCRIPTIONS.process}`), 'ackDeadlineSeconds') ?? 0;
      const faults: string[] = [];
      const found: string[] = [];
      for (const name of PUSH_FUNCTIONS) {
        const service = await google.read('run', `projects/${project}/locations/${region}/services/${serviceName(name)}`);
        const [concurrency, timeout] = [numberAt(service, 'template.maxInstanceRequestConcurrency') ?? 0, numberAt(service, 'template.timeout') ?? Infinity];
        if (concurrency <= 1) faults.push(`${name} takes ${concurrency} requests at a time`);
        if (timeout > deadline) faults.push(`${name} may take ${timeout} s, and Pub/Sub waits for ${deadline} s`);
        if (textAt(service, 'ingress') !== 'INGRESS_TRAFFIC_INTERNAL_ONLY') faults.push(`${name} is reached from outside (${textAt(service, 'ingress') ?? 'ingress unknown'})`);
        found.push(`${name} ${concurrency}`);
      }
      return unlessFaults(faults, found.join(', '));
    },
  },
  {
    name: 'reports-kept',
    asks: 'whether a report that is replaced or deleted stays, and nobody outside can read one',
    no_emulator: 'the stand-in of Cloud Storage knows uploads only',
    next: '`pulumi up` puts the bucket\'s settings back.',
    async run({ google, place: { project } }): Promise<Finding> {
      const bucket = await google.read('storage', `b/${bucketName('reports', project)}`);
      const deleted_kept = numberAt(bucket, 'softDeletePolicy.retentionDurationSeconds') ?? 0;
      return unlessFaults(
        [
          ...(isTrueAt(bucket, 'versioning.enabled') ? [] : ['versions are not kept']),
          ...(textAt(bucket, 'objectRetention.mode')?.toLowerCase() === 'enabled' ? [] : ['no report can be given a retention']),
          ...(deleted_kept > 0 ? [] : ['what is deleted is gone at once']),
          ...(textAt(bucket, 'iamConfiguration.publicAccessPrevention') === 'enforced' ? [] : ['it could be made public']),
        ],
        `versions are kept, and what is deleted for ${deleted_kept} s`,
      );
    },
  },
];

/** A ledger of 10⁹ rows has no post-ledger: the sweep posts. */
function faultsOf(states: readonly JobState[]): string[] {
  const of = new Map(states.map((state) => [state.name, state]));
  return Object.values(JOBS).flatMap((name) => {
    const state = of.get(name);
    if (state === undefined) return name === JOBS.post && of.has(JOBS.sweep) ? [] : [`${name} does not exist`];
    return [...(state.enabled ? [] : [`${name} is not enabled`]), ...(state.last_succeeded === false ? [`${name} failed when it ran last`] : [])];
  });
}
