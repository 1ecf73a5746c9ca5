import type { Answer } from './bigquery-post.ts';
import { type CallResult, JournalError, type RowResult } from './row-store.ts';

/** insertAll's answer; a row that it doesn't name was written. https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll */
interface InsertAnswer {
  readonly kind: 'bigquery#tableDataInsertAllResponse';
  readonly insertErrors?: readonly InsertError[];
}
interface InsertError {
  readonly index?: number;
  readonly errors?: readonly ServiceError[];
}
interface ServiceError {
  readonly reason?: unknown;
  readonly message?: unknown;
}

/**
 * What insertAll said about each row of a call. Throws a JournalError where it said nothing of them: `call_failed` with the HTTP status, or
 * `unreadable_answer`, for anything that isn't the documented object proves nothing.
 */
export function readInsertAnswer({ status, text }: Answer, rows: number): CallResult {
  const body = parsed(text);
  if (status === 200) return resultsOf(body, rows);
  const errors = errorsOf(body);
  if (refusesContent(status, errors)) return 'refused';
  throw new JournalError('call_failed', reasonOf(errors[0]), status);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a proxy's page, or nothing
  }
}

function resultsOf(answer: unknown, rows: number): CallResult {
  if (!isInsertAnswer(answer)) throw new JournalError('unreadable_answer');
  const results: RowResult[] = new Array<RowResult>(rows).fill('written');
  for (const [index, errors] of errorsByRow(answer)) {
    if (!(index in results)) throw new JournalError('unreadable_answer');
    results[index] = resultOf(errors);
  }
  return results;
}

function isInsertAnswer(answer: unknown): answer is InsertAnswer {
  if (!isObject(answer) || answer.kind !== 'bigquery#tableDataInsertAllResponse') return false;
  return isListOf(answer.insertErrors, ({ index, errors }) => (index === undefined || Number.isInteger(index)) && isListOf(errors, () => true));
}

/** A list of objects that all pass, or nothing at all. */
function isListOf(value: unknown, passes: (member: Record<string, unknown>) => boolean): boolean {
  return value === undefined || (Array.isArray(value) && value.every((member) => isObject(member) && passes(member)));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function errorsByRow(answer: InsertAnswer): Map<number, readonly ServiceError[]> {
  const byRow = new Map<number, readonly ServiceError[]>();
  for (const { index = 0, errors = [] } of answer.insertErrors ?? []) byRow.set(index, [...(byRow.get(index) ?? []), ...errors]);
  return byRow;
}

const NO_SUCH_FIELD = /no such field/i;

/** Only a row whose every error is about its content is refused. A column that isn't there yet is no fault of the row: schema changes spread in minutes. */
function resultOf(errors: readonly ServiceError[]): RowResult {
  if (errors.some(({ message }) => NO_SUCH_FIELD.test(String(message)))) return new JournalError('no_such_field');
  const other = errors.find(({ reason }) => reason !== 'invalid' && reason !== 'stopped');
  if (other || errors.length === 0) return new JournalError('row_not_written', reasonOf(other));
  return errors.some(({ reason }) => reason === 'invalid') ? 'refused' : 'stopped';
}

/** Reasons by which the service refuses a whole call, with HTTP 400, for what is in it. https://cloud.google.com/bigquery/docs/error-messages */
const REFUSING_REASONS: ReadonlySet<unknown> = new Set(['invalid', 'badRequest', 'parseError', 'invalidArgument']);

function refusesContent(status: number, errors: readonly ServiceError[]): boolean {
  if (status === 413) return true;
  return status === 400 && errors.length > 0 && errors.every(({ reason, message }) => REFUSING_REASONS.has(reason) && !NO_SUCH_FIELD.test(String(message)));
}

function errorsOf(body: unknown): readonly ServiceError[] {
  if (!isObject(body) || !isObject(body.error) || !Array.isArray(body.error.errors)) return [];
  return body.error.errors.filter(isObject);
}

/** A reason is one word of the service's list. Anything else may quote the row, and is left out. */
function reasonOf(error: ServiceError | undefined): string | null {
  return typeof error?.reason === 'string' && /^\w{1,40}$/.test(error.reason) ? error.reason : null;
}
