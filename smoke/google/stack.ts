import { bigqueryBooks } from '../../functions/adapters/google/bigquery-books.ts';
import { bigqueryClient } from '../../functions/adapters/google/bigquery-client.ts';
import { deadLetters } from '../../functions/adapters/google/dead-letters.ts';
import { schedulerClientAt, schedulerJobs } from '../../functions/adapters/google/scheduler-jobs.ts';
import { wallClock } from '../../functions/adapters/google/wall-clock.ts';
import { pubsubClients } from '../../functions/local/google/pubsub-clients.ts';
import type { ArchivedMessage, Books, Jobs } from '../../functions/ports.ts';
import { DATASETS, SUBSCRIPTIONS, subscriptionPath, TOPICS } from '../../infra/names.ts';
import { type BigqueryCalls, bigqueryCalls } from './bigquery-calls.ts';
import { type Google, google } from './read.ts';

/** Where the stack is. */
export interface Place {
  readonly project: string;
  /** Of functions and jobs. */
  readonly region: string;
  /** Of the datasets. */
  readonly location: string;
  /** Firestore's database of the claims. */
  readonly claims_database: string;
}

/** The deployed stack, as its operators reach it. */
export interface Stack {
  readonly place: Place;
  readonly on_emulators: boolean;
  readonly books: Books;
  readonly bigquery: BigqueryCalls;
  readonly jobs: Jobs;
  readonly google: Google;
  /** Publishes on the payments topic; gives Pub/Sub's id. */
  publish(data: Buffer): Promise<string>;
  /** Looks at dead letters that wait for people, and gives them back. */
  deadLetters(most: number): Promise<readonly ArchivedMessage[]>;
  close(): Promise<void>;
}

/** Opens a stack through the adapters of its functions and commands. Every name is that of infra/names.ts. */
export async function openStack(place: Place, run: string, on_emulators: boolean, environment: Readonly<Record<string, string | undefined>>): Promise<Stack> {
  const { project, region, location } = place;
  const clients = await pubsubClients(project);
  const scheduler = schedulerClientAt(environment.PAYMENTS_SCHEDULER_URL || 'https://cloudscheduler.googleapis.com');
  const bigquery = bigqueryClient({ project, location });
  const topic = clients.pubsub.topic(TOPICS.payments);
  const parked = deadLetters(clients.subscriber, { subscription: subscriptionPath(SUBSCRIPTIONS.parked, project), redrive_subscription: subscriptionPath(SUBSCRIPTIONS.redrive, project), now: wallClock.now });
  return {
    place,
    on_emulators,
    books: bigqueryBooks(bigquery, { place: { project, dataset: DATASETS.payments, scratch_dataset: DATASETS.scratch }, location, run: { job: 'smoke', schedule_time: null, attempt: run }, log: { write: () => undefined } }),
    bigquery: bigqueryCalls(bigquery, location),
    jobs: schedulerJobs(scheduler, { project, location: region }),
    google: google(environment),
    publish: (data) => topic.publishMessage({ data }),
    deadLetters: (most) => parked.list(most),
    async close() {
      await Promise.all([clients.close(), scheduler.close()]);
    },
  };
}
