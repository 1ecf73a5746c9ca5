import { withinLimit } from '../adapters/google/bytes-limit.ts';
import { storageClient, storageReports } from '../adapters/google/storage-reports.ts';
import { wallClock } from '../adapters/google/wall-clock.ts';
import type { Answer } from '../deployed/answer.ts';
import { jobWork } from '../deployed/job-work.ts';
import { reportJob } from '../deployed/report-job.ts';
import { booksOfRun } from './books-of-run.ts';
import { deployedFunction } from './deployed-function.ts';

/** Publishes the report of the last booking day that is over. */
export const publishReport = deployedFunction('publishReport', (configuration) => {
  const open = booksOfRun(configuration);
  const reports = storageReports(storageClient(configuration.project), configuration.reports_bucket, { retention: configuration.report_retention, clock: wallClock });
  return {
    work: jobWork('publishReport', (call, log) => {
      const books = open(call, log);
      return withinLimit(books, 'publishReport', wallClock.now(), () => reportJob({ books, clock: wallClock, reports }, call.asked, log), hasPublished);
    }),
  };
});

/** A run that found no day to report on is no measure for the next one. */
function hasPublished({ body }: Answer): boolean {
  return Array.isArray(body?.published) && body.published.length > 0;
}
