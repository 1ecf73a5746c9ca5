import type { BigQuery } from '@google-cloud/bigquery';
import { bigqueryPost } from './bigquery-post.ts';
import type { SetTimer } from './group-appends.ts';
import { readInsertAnswer } from './insert-answer.ts';
import { journalRow } from './journal-row.ts';
import { JournalError, type RowStore } from './row-store.ts';
import { sendAgain } from './send-again.ts';

const OPENING = '{"skipInvalidRows":true,"ignoreUnknownValues":false,"rows":[';
/** `{"json":` before, `}` behind, and a comma. */
const BYTES_AROUND_ROW = 10;

/**
 * A table behind `tabledata.insertAll`. Rows carry no insertId: which of two rows with one id survives is undefined, and two lines are
 * harmless where one too few is not.
 *
 * Not `table.insert` of the client: that replaces `{{projectId}}` wherever it stands in a row, makes an insertId for each row, sends
 * refused rows again by itself, and copies every row twice.
 */
export function insertAll(bigquery: BigQuery, dataset: string, table: string, setTimer: SetTimer): RowStore<string> {
  const post = bigqueryPost(bigquery);
  const path = `/datasets/${encodeURIComponent(dataset)}/tables/${encodeURIComponent(table)}/insertAll`;
  return {
    encode: journalRow,
    bytesOf: (row) => Buffer.byteLength(row) + BYTES_AROUND_ROW,
    insert(rows, signal) {
      const body = `${OPENING}${rows.map((row) => `{"json":${row}}`).join(',')}]}`;
      const call = async () => readInsertAnswer(await post(path, body, signal), rows.length);
      return sendAgain(call, isPassing, signal, setTimer);
    },
  };
}

/** HTTP statuses after which the same call may succeed in a moment. https://cloud.google.com/bigquery/docs/error-messages */
const PASSING_STATUS: ReadonlySet<unknown> = new Set([408, 429, 500, 502, 503, 504]);

function isPassing(error: unknown): boolean {
  return error instanceof JournalError && (error.code === 'no_answer' || error.code === 'no_credentials' || PASSING_STATUS.has(error.status));
}
