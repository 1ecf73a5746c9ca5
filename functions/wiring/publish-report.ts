import { storageClient, storageReports } from '../adapters/google/storage-reports.ts';
import { wallClock } from '../adapters/google/wall-clock.ts';
import { jobWork } from '../deployed/job-work.ts';
import { reportJob } from '../deployed/report-job.ts';
import { booksOfRun } from './books-of-run.ts';
import { deployedFunction } from './deployed-function.ts';

/** Publishes the report of the last booking day that is over. */
export const publishReport = deployedFunction('publishReport', (configuration) => {
  const open = booksOfRun(configuration);
  const reports = storageReports(storageClient(configuration.project), configuration.reports_bucket);
  return { work: jobWork('publishReport', (call, log) => reportJob({ books: open(call, log), clock: wallClock, reports }, call.asked, log)) };
});
