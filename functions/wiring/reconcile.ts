import { PubSub } from '@google-cloud/pubsub';
import { setTimeout as wait } from 'node:timers/promises';
import { withinLimit } from '../adapters/google/bytes-limit.ts';
import { monitoringBacklog, monitoringCaller } from '../adapters/google/monitoring-backlog.ts';
import { pubsubRedrive } from '../adapters/google/pubsub-redrive.ts';
import { schedulerClientAt, schedulerJobs } from '../adapters/google/scheduler-jobs.ts';
import { wallClock } from '../adapters/google/wall-clock.ts';
import { randomIds } from '../adapters/random-ids.ts';
import type { ConfigurationOf } from '../deployed/function-variables.ts';
import { jobWork } from '../deployed/job-work.ts';
import { reconcileJob, type ReconcileJob } from '../deployed/reconcile-job.ts';
import { booksOfRun } from './books-of-run.ts';
import { deployedFunction } from './deployed-function.ts';
import { settingsAudited } from './settings-audited.ts';

/** Proves the books, and publishes again what is missing. */
export const reconcile = deployedFunction('reconcile', (configuration) => {
  const open = booksOfRun(configuration);
  const audited = settingsAudited(configuration);
  const around = surroundings(configuration);
  return {
    work: jobWork('reconcile', async (call, log) => {
      const books = open(call, log);
      await audited(books);
      return withinLimit(books, 'reconcile', wallClock.now(), () => reconcileJob({ ...around, books }, log));
    }),
  };
});

/** What a reconciliation asks besides the books. Clients connect when they are asked first. */
function surroundings(configuration: ConfigurationOf<'reconcile'>): Omit<ReconcileJob, 'books'> {
  const { project, subscription, redrive_subscription, dead_letter_subscription, archive_subscription, missing_after, monitoring_url } = configuration;
  return {
    clock: wallClock,
    ids: randomIds,
    settings: configuration,
    days: configuration.reconcile_days,
    backlog: monitoringBacklog(monitoringCaller(monitoring_url), {
      endpoint: monitoring_url,
      project,
      subscriptions: [subscription, redrive_subscription, dead_letter_subscription, archive_subscription],
      behind_after: missing_after,
      clock: wallClock,
    }),
    jobs: schedulerJobs(schedulerClientAt(configuration.scheduler_url), { project, location: configuration.jobs_location }),
    needed_jobs: configuration.jobs,
    redrive: pubsubRedrive(new PubSub({ projectId: project }).topic(configuration.redrive_topic), { wait }),
  };
}
