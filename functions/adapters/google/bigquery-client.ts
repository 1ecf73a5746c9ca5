import { BigQuery } from '@google-cloud/bigquery';
import { credentials } from './bigquery-post.ts';
import { kindOf } from './error-kinds.ts';
import { sendAgain } from './send-again.ts';
import { type Answer, sendHttp } from './send-http.ts';
import { setTimer } from './with-deadline.ts';

/** How the client finds BigQuery. */
export interface BigqueryOptions {
  readonly project: string;
  /** Of the dataset: EU, US or a region. */
  readonly location: string;
}

/** Google's client, which has credentials and the emulator's address (BIGQUERY_EMULATOR_HOST) in it. */
export function bigqueryClient({ project, location }: BigqueryOptions): BigQuery {
  return new BigQuery({ projectId: project, location });
}

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** From the project on: `/jobs`. */
  readonly uri: string;
  readonly json?: unknown;
  readonly qs?: Readonly<Record<string, string | number | boolean>>;
}

/** What the service, or the way to it, refused. Its text may quote values: it is for people who look, never for logs. */
export class BigqueryApiError extends Error {
  /** HTTP status, or Node's word where no whole answer came. */
  readonly code: number | string | null;
  /** https://cloud.google.com/bigquery/docs/error-messages */
  readonly errors: readonly { readonly reason?: string }[];
  constructor(code: number | string | null, message: string, errors: BigqueryApiError['errors'] = []) {
    super(message);
    this.name = 'BigqueryApiError';
    this.code = code;
    this.errors = errors;
  }
}

/** Milliseconds until a call is given up with all its tries and the tokens for them. Prevents a run that waits for a dead connection until the platform ends it: the client's own calls know no end. */
export const CALL_MILLISECONDS = 60_000;
const TIMED_OUT = 'ETIMEDOUT';

/**
 * One REST call with the client's address, project and credentials. A fault that may pass is tried again, so a POST must bear repetition,
 * as `jobs.insert` under an id of ours does. Rejects with BigqueryApiError, or a JournalError `no_credentials`.
 */
export async function bigqueryCall<Result>(client: BigQuery, { method, uri, json, qs = {} }: Call): Promise<Result> {
  const query = new URLSearchParams(Object.fromEntries(Object.entries(qs).map(([name, value]) => [name, String(value)]))).toString();
  const url = `${client.baseUrl}/projects/${encodeURIComponent(client.projectId)}${uri}${query === '' ? '' : `?${query}`}`;
  const body = json === undefined ? null : JSON.stringify(json);
  const signal = AbortSignal.timeout(CALL_MILLISECONDS);
  const once = async () => {
    const headers = { ...(await credentials(client, url, signal)), ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) };
    const answer = await sendHttp(url, { method, headers, body, signal }).catch((error: NodeJS.ErrnoException) => {
      throw new BigqueryApiError(signal.aborted ? TIMED_OUT : (error.code ?? null), 'no whole answer');
    });
    return read<Result>(answer);
  };
  return sendAgain(once, (error) => error instanceof BigqueryApiError && isPassing(error), signal, setTimer);
}

/** What a person has to mend first is not tried again within a call. */
function isPassing(error: BigqueryApiError): boolean {
  return (typeof error.code !== 'number' || error.code === 429 || error.code >= 500) && kindOf(error) === 'transient';
}

function read<Result>({ status, text }: Answer): Result {
  const body = parsed(text);
  if (status >= 200 && status < 300 && body !== null) return body as Result;
  const error = (body as { error?: { message?: string; errors?: BigqueryApiError['errors'] } } | null)?.error;
  throw new BigqueryApiError(status, error?.message ?? 'an answer of no documented form', error?.errors);
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return null;
  }
}
