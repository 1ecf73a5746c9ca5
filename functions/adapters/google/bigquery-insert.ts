import type { BigQuery } from '@google-cloud/bigquery';
import { journalRow } from './journal-row.ts';
import { type CallResult, JournalError, type RowResult, type RowStore } from './row-store.ts';

/** insertAll's answer; a row that it doesn't name was written. https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll */
interface InsertAnswer {
  readonly kind: 'bigquery#tableDataInsertAllResponse';
  readonly insertErrors?: readonly InsertError[];
}
interface InsertError {
  readonly index?: number;
  readonly errors?: readonly RowError[];
}
interface RowError {
  readonly reason?: string;
  readonly message?: string;
}

const OPENING = '{"skipInvalidRows":true,"ignoreUnknownValues":false,"rows":[';
/** `{"json":` before, `}` behind, and a comma. */
const BYTES_AROUND_ROW = 10;

/**
 * A table behind `tabledata.insertAll`. Rows carry no insertId: which of two rows with one id survives is undefined, and two lines are
 * harmless where one too few is not.
 *
 * The call goes through the client's `request` (its credentials, retries and connections) as finished text, not through `table.insert`:
 * that replaces `{{projectId}}` wherever it stands in a row, sends refused rows again by itself, and copies every row twice.
 */
export function insertAll(bigquery: BigQuery, dataset: string, table: string): RowStore<string> {
  const uri = `/datasets/${dataset}/tables/${table}/insertAll`;
  return {
    encode: journalRow,
    bytesOf: (row) => Buffer.byteLength(row) + BYTES_AROUND_ROW,
    async insert(rows) {
      const body = `${OPENING}${rows.map((row) => `{"json":${row}}`).join(',')}]}`;
      try {
        return resultsOf(await post(bigquery, uri, body), rows.length);
      } catch (error) {
        if (refusesContent(error)) return 'refused';
        throw error;
      }
    },
  };
}

function post(bigquery: BigQuery, uri: string, body: string): Promise<unknown> {
  const call = { method: 'POST', uri, body, headers: { 'content-type': 'application/json' } };
  return new Promise((resolve, reject) => {
    bigquery.request(call as never, (error: Error | null, answer?: unknown) => (error ? reject(error) : resolve(answer)));
  });
}

/** Reads the results of an answer with status 200. Anything that isn't the documented object proves nothing. */
export function resultsOf(answer: unknown, rows: number): CallResult {
  if (!isInsertAnswer(answer)) throw new JournalError('unreadable_answer');
  const results: RowResult[] = new Array<RowResult>(rows).fill('written');
  for (const [index, errors] of errorsByRow(answer)) {
    if (!(index in results)) throw new JournalError('unreadable_answer');
    results[index] = resultOf(errors);
  }
  return results;
}

function isInsertAnswer(answer: unknown): answer is InsertAnswer {
  return typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'bigquery#tableDataInsertAllResponse';
}

function errorsByRow(answer: InsertAnswer): Map<number, readonly RowError[]> {
  const byRow = new Map<number, readonly RowError[]>();
  for (const { index = 0, errors = [] } of answer.insertErrors ?? []) byRow.set(index, [...(byRow.get(index) ?? []), ...errors]);
  return byRow;
}

const NO_SUCH_FIELD = /no such field/i;

/** Only a row whose every error is about its content is refused. A column that isn't there yet is no fault of the row: schema changes spread in minutes. */
function resultOf(errors: readonly RowError[]): RowResult {
  if (errors.some(({ message }) => NO_SUCH_FIELD.test(message ?? ''))) return new JournalError('no_such_field');
  const other = errors.find(({ reason }) => reason !== 'invalid' && reason !== 'stopped');
  if (other || errors.length === 0) return new JournalError('row_not_written', other?.reason ?? null);
  return errors.some(({ reason }) => reason === 'invalid') ? 'refused' : 'stopped';
}

/** HTTP statuses and reasons by which the service refuses a whole call for what is in it. https://cloud.google.com/bigquery/docs/error-messages */
const REFUSING_STATUS: ReadonlySet<unknown> = new Set([400, 413]);
const REFUSING_REASON: ReadonlySet<unknown> = new Set(['invalid', 'badRequest', 'parseError', 'invalidArgument', 'uploadTooLarge', 'requestTooLarge']);

function refusesContent(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !REFUSING_STATUS.has(error.code)) return false;
  if (error.code === 413) return true;
  const errors = 'errors' in error && Array.isArray(error.errors) ? (error.errors as RowError[]) : [];
  return errors.length > 0 && errors.every(({ reason, message }) => REFUSING_REASON.has(reason) && !NO_SUCH_FIELD.test(message ?? ''));
}
