import { nullable, required, type TableDescription } from './description.ts';

export const postingHead: TableDescription = {
  name: 'posting_head',
  description: 'Exactly one row. Every posting updates it first, so two at once conflict and one of them loses.',
  columns: [
    required('run', 'INT64', 'Number of the last posting run.'),
    required('attempt', 'STRING', 'Random id of the try that holds the head.'),
    required('booking_date', 'DATE', 'The day that is being booked into; never goes back.'),
  ],
};

export const postingRuns: TableDescription = {
  name: 'posting_runs',
  description: 'One row for each committed posting run.',
  columns: [
    required('run', 'INT64', 'Number of the run, without gaps.'),
    required('attempt', 'STRING', 'Random id of the try: found here, it has posted.'),
    required('kind', 'STRING', 'post, sweep or audit.'),
    nullable('from_time', 'TIMESTAMP', 'Journal stamps from here on were looked at; null means from the beginning.'),
    required('cut', 'TIMESTAMP', 'Journal stamps before this were visible.'),
    required('booking_date', 'DATE', 'The day that the rows were booked into.'),
    required('posted_at', 'TIMESTAMP', 'When the run posted.'),
    required('rows_posted', 'INT64', 'Ledger rows that the run wrote.'),
  ],
};

export const postingTotals: TableDescription = {
  name: 'posting_totals',
  description: 'Control totals of each posting run, by currency and kind, written with the rows.',
  columns: [
    required('run', 'INT64', 'The posting run.'),
    required('booking_date', 'DATE', 'The day that the rows were booked into.'),
    required('currency', 'STRING', 'ISO 4217 code.'),
    required('kind', 'STRING', 'Kind of payment.'),
    required('postings', 'INT64', 'Rows.'),
    required('gross_minor', 'NUMERIC(38,9)', 'Sum of amount_minor.'),
    required('net_minor', 'NUMERIC(38,9)', 'Sum of effect_minor.'),
  ],
};
