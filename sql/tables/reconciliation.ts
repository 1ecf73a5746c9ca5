import { nullable, required, type TableDescription } from './description.ts';

export const reconciliationHead: TableDescription = {
  name: 'reconciliation_head',
  description: 'Exactly one row. Every reconciliation updates it first, so that two at once never have one number.',
  columns: [
    required('reconciliation', 'INT64', 'Number of the last reconciliation that began.'),
    required('attempt', 'STRING', 'Random id of the try that took it.'),
  ],
};

export const reconciliationRuns: TableDescription = {
  name: 'reconciliation_runs',
  description: 'One row for each reconciliation: what was compared, and the verdict.',
  columns: [
    required('reconciliation', 'INT64', 'Number of the reconciliation, from 1.'),
    required('reconciled_at', 'TIMESTAMP', 'By the clock of the store.'),
    nullable('published_from', 'TIMESTAMP', 'Messages published from here on were compared, and breaks of earlier ones carried over; null means from the beginning.'),
    required('posting_run', 'INT64', 'The last posting run that it compares with; 0 where none has run.'),
    required('verdict', 'STRING', 'incomplete, breaks, pending or reconciled.'),
    required('reason', 'STRING', 'Why, in one sentence.'),
    required('errors', 'INT64', 'Open breaks of severity error.'),
    required('warnings', 'INT64', 'Open breaks of severity warning.'),
    required('messages_published', 'INT64', 'Messages in the raw archive.'),
    required('messages_posted', 'INT64', 'Messages with that disposition; the next five likewise.'),
    required('messages_duplicate', 'INT64', 'See messages_posted.'),
    required('messages_conflict', 'INT64', 'See messages_posted.'),
    required('messages_pending', 'INT64', 'See messages_posted.'),
    required('messages_rejected', 'INT64', 'See messages_posted.'),
    required('messages_missing', 'INT64', 'See messages_posted.'),
  ],
};

export const reconciliationTotals: TableDescription = {
  name: 'reconciliation_totals',
  description: 'The control totals of each reconciliation: published against what became of it, by currency and kind, in minor units.',
  columns: [
    required('reconciliation', 'INT64', 'Number of the reconciliation.'),
    required('currency', 'STRING', 'ISO 4217 code, as published.'),
    required('kind', 'STRING', 'Kind of payment, as published.'),
    required('disposition', 'STRING', 'published (all), posted, duplicate, conflict, pending, rejected or missing.'),
    required('messages', 'INT64', 'Messages.'),
    required('gross', 'NUMERIC(38,9)', 'Sum of amounts in major units. Published is read from the archive, posted from the ledger.'),
    required('net', 'NUMERIC(38,9)', 'Same, signed by kind.'),
  ],
};

export const reconciliationBreaks: TableDescription = {
  name: 'reconciliation_breaks',
  description: 'What the proof could not explain or a person must act on, for each reconciliation.',
  columns: [
    required('reconciliation', 'INT64', 'Number of the reconciliation.'),
    required('break_id', 'STRING', 'Stable: the same break has the same id in every reconciliation.'),
    required('break_type', 'STRING', 'See docs/breaks.md.'),
    required('severity', 'STRING', 'error or warning.'),
    nullable('transaction_id', 'STRING', 'The payment, where known.'),
    nullable('message_id', 'STRING', 'The message, where there is one.'),
    nullable('currency', 'STRING', 'ISO 4217 code, where known.'),
    nullable('amount', 'NUMERIC(38,9)', 'Amount in major units; null means unknown, never zero.'),
    nullable('since', 'TIMESTAMP', 'Since when it is open: its age counts from here.'),
    required('detail', 'STRING', 'What was found, for a person.'),
    required('next_step', 'STRING', 'What to do about it.'),
  ],
};
