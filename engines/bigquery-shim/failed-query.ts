import { isObject, type JsonObject, objectsIn, parseExactly } from './exact-json.ts';

/** An HTTP answer with a JSON body. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** HTTP status of each reason. Anything else is 400. https://cloud.google.com/bigquery/docs/error-messages */
const STATUS: Readonly<Record<string, number>> = { notFound: 404, duplicate: 409, internalError: 500, backendError: 503, notImplemented: 501 };
/** Google's word for each HTTP status. https://cloud.google.com/apis/design/errors#handling_errors */
const WORDS: Readonly<Record<number, string>> = { 400: 'INVALID_ARGUMENT', 404: 'NOT_FOUND', 409: 'ALREADY_EXISTS', 500: 'INTERNAL', 501: 'UNIMPLEMENTED', 502: 'UNAVAILABLE', 503: 'UNAVAILABLE' };

/** The answer that BigQuery gives for an error. */
export function errorAnswer(reason: string, message: string, status = STATUS[reason] ?? 400, more: JsonObject = {}): Answer {
  const error = { code: status, message, errors: [{ message, domain: 'global', reason, ...more }], status: WORDS[status] ?? 'UNKNOWN' };
  return { status, body: JSON.stringify({ error }) };
}

/** The error in an answer with status 200 that the emulator gives for a failed query, or null where the query was good. */
export function failureInAnswer(body: string): Answer | null {
  return failureOf(objectsIn(parseExactly(body)?.errors)[0]);
}

/** The error that a job ended with, read from its resource; null where there is none. */
export function failureOfJob(body: string): Answer | null {
  const status = parseExactly(body)?.status;
  return isObject(status) && isObject(status.errorResult) ? failureOf(status.errorResult) : null;
}

function failureOf(error: JsonObject | undefined): Answer | null {
  if (!error) return null;
  const { location } = error;
  const { reason, message } = corrected(String(error.reason ?? 'invalidQuery'), String(error.message ?? 'the query failed'));
  return errorAnswer(reason, message, undefined, typeof location === 'string' ? { location } : {});
}

// The emulator has no permissions, so a table that may not be read is one that isn't there.
const NO_TABLE = /^Access Denied: (Table [^\s:]+:\S+): .*perhaps it does not exist/;

function corrected(reason: string, message: string): { reason: string; message: string } {
  const table = reason === 'accessDenied' ? NO_TABLE.exec(message) : null;
  return table ? { reason: 'notFound', message: `Not found: ${table[1]}` } : { reason, message };
}
