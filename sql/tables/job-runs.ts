import { nullable, required, type TableDescription } from './description.ts';

/** Google Cloud only: what each scheduled run read, so that the next one gets a limit. */
export const jobRuns: TableDescription = {
  name: 'job_runs',
  description: 'One row for each scheduled run that was done: what it was billed. Append-only.',
  only: 'google',
  columns: [
    required('job', 'STRING', 'Name of the job, with the kind of posting: post-ledger.post.'),
    required('scheduled_at', 'TIMESTAMP', 'The time that it was scheduled for.'),
    required('recorded_at', 'TIMESTAMP', 'When it was done.'),
    required('span_micros', 'INT64', 'Microseconds of journal or of messages that it looked at; 0 where that is no measure.'),
    required('bytes_billed', 'INT64', 'Bytes that BigQuery billed for all its statements.'),
    nullable('slot_millis', 'INT64', 'Slot time of all its statements, in milliseconds.'),
  ],
};
