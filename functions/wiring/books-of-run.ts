import { type BigqueryBooks, bigqueryBooks } from '../adapters/google/bigquery-books.ts';
import { bigqueryClient } from '../adapters/google/bigquery-client.ts';
import { randomIds } from '../adapters/random-ids.ts';
import type { Configuration } from '../deployed/configuration.ts';
import type { JobCall } from '../deployed/job-call.ts';
import type { Log } from '../ports.ts';

/** Opens the books for one run of a job: each run has job ids of its own. */
export type OpenBooks = (call: JobCall, log: Log) => BigqueryBooks;

/** The books of a configuration, through one client. */
export function booksOfRun({ project, location, dataset, scratch_dataset }: Pick<Configuration, 'project' | 'location' | 'dataset' | 'scratch_dataset'>): OpenBooks {
  const client = bigqueryClient({ project, location });
  const place = { project, dataset, scratch_dataset };
  return ({ job, schedule_time }, log) => bigqueryBooks(client, { place, location, run: { job, schedule_time, attempt: randomIds.next() }, log });
}
