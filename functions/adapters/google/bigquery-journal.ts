import type { BigQuery } from '@google-cloud/bigquery';
import { paymentJournal } from '../../../sql/tables/payment-journal.ts';
import { insertAll } from './bigquery-insert.ts';
import { groupAppends, type GroupingJournal, type SetTimer } from './group-appends.ts';

/** Milliseconds that a line waits for others of its instance. Prevents a call for each payment: at 80 requests at once, a call holds most of them. */
const LINGER_MILLISECONDS = 5;
/** Rows in a call, the service's advice. Prevents slow calls. https://cloud.google.com/bigquery/quotas#streaming_inserts */
const ROWS_PER_CALL = 500;
/** Bytes of the rows of a call. Prevents a refusal (HTTP 413) at the service's 10 MB a request. Same page. */
const BYTES_PER_CALL = 9_000_000;
/** Milliseconds until lines that were sent are given up. Prevents a request from waiting until the platform ends it. */
const DEADLINE_MILLISECONDS = 20_000;

export interface BigqueryJournalOptions {
  /** Where `payment_journal` stands, in the client's project. */
  readonly dataset: string;
  readonly linger_milliseconds?: number;
  readonly deadline_milliseconds?: number;
  readonly setTimer?: SetTimer;
}

/**
 * The journal in BigQuery, at least once. The table's default stamps `journaled_at`.
 *
 * `append` resolves when every line is durable, or, for a line that the table refuses for its content, a *rejected* line in its stead. It
 * rejects with a JournalError, at the deadline at the latest; then the lines may or may not be there, and appending them again is harmless.
 * Until then a call that failed for a moment (network, 429, 5xx) is sent again by itself; once it has answered, nothing is.
 */
export function bigqueryJournal(bigquery: BigQuery, options: BigqueryJournalOptions): GroupingJournal {
  const limits = {
    linger_milliseconds: options.linger_milliseconds ?? LINGER_MILLISECONDS,
    rows_per_call: ROWS_PER_CALL,
    bytes_per_call: BYTES_PER_CALL,
    deadline_milliseconds: options.deadline_milliseconds ?? DEADLINE_MILLISECONDS,
  };
  const setTimer = options.setTimer ?? systemTimer;
  return groupAppends(insertAll(bigquery, options.dataset, paymentJournal.name, setTimer), limits, setTimer);
}

const systemTimer: SetTimer = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
};
