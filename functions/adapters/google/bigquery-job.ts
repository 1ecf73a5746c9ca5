import { setTimeout as wait } from 'node:timers/promises';
import type { BigQuery } from '@google-cloud/bigquery';
import { bigqueryCall } from './bigquery-client.ts';
import type { QueryParameter, ResultField, ResultRow } from './bigquery-values.ts';

/** One statement or script, to be run as a job under an id of ours. */
export interface QueryJob {
  /** Letters, digits, `_` and `-`, up to 1,024. */
  readonly id: string;
  readonly sql: string;
  readonly parameters: readonly QueryParameter[];
  /** A script has a budget for each of its statements, anything else one for the job. */
  readonly is_script: boolean;
  /** Bytes that may be billed; null: no limit. A statement that would go beyond it fails without being billed; those of its script before it have been. */
  readonly bytes_limit: bigint | null;
  readonly labels: Readonly<Record<string, string>>;
}

/** A job that is done. */
export interface JobDone {
  readonly bytes_billed: bigint;
  readonly slot_millis: bigint;
  readonly is_select: boolean;
}

/** A job that BigQuery ended with an error. Its text may quote values: it is for people who look, never for logs. */
export class BigqueryJobError extends Error {
  /** BigQuery's word: `invalidQuery`, `bytesBilledLimitExceeded`, `backendError` … https://cloud.google.com/bigquery/docs/error-messages */
  readonly reason: string;
  readonly job_id: string;
  constructor(job_id: string, reason: string, message: string) {
    super(message);
    this.name = 'BigqueryJobError';
    this.reason = reason;
    this.job_id = job_id;
  }
}

interface JobResource {
  readonly status?: { readonly state?: string; readonly errorResult?: { readonly reason?: string; readonly message?: string } };
  readonly statistics?: { readonly totalSlotMs?: string; readonly query?: { readonly totalBytesBilled?: string; readonly statementType?: string } };
}

/** Milliseconds that the service holds a question for a job's end. Prevents asking again and again. */
const ASK_MILLISECONDS = 10_000;
/** Milliseconds until BigQuery ends a job by itself: less than the 30 minutes that the scheduler waits. Prevents a run on top of a run. */
const JOB_MILLISECONDS = 25 * 60_000;
/** Milliseconds before a job is asked for again after a question failed. */
const PAUSE_MILLISECONDS = 1_000;
const DUPLICATE = 409;

/**
 * Runs a job to its end. A job id that exists already is our own lost reply: that job's state is read, and only DONE without an error
 * counts. Throws BigqueryJobError where the job failed, else the client's ApiError, after which the job may still run.
 */
export async function runQueryJob(client: BigQuery, location: string, job: QueryJob): Promise<JobDone> {
  let resource = await insertJob(client, location, job);
  while (resource.status?.state !== 'DONE') {
    await untilDone(client, location, job.id);
    resource = await readJob(client, location, job.id);
  }
  const failed = resource.status.errorResult;
  if (failed) throw new BigqueryJobError(job.id, failed.reason ?? 'unknown', failed.message ?? 'the job failed');
  const query = resource.statistics?.query;
  return { bytes_billed: BigInt(query?.totalBytesBilled ?? 0), slot_millis: BigInt(resource.statistics?.totalSlotMs ?? 0), is_select: query?.statementType === 'SELECT' };
}

async function insertJob(client: BigQuery, location: string, job: QueryJob): Promise<JobResource> {
  const limit = job.bytes_limit === null ? {} : job.is_script ? { scriptOptions: { statementByteBudget: String(job.bytes_limit) } } : { maximumBytesBilled: String(job.bytes_limit) };
  const query = { query: job.sql, useLegacySql: false, useQueryCache: false, parameterMode: 'NAMED', queryParameters: job.parameters, ...limit };
  const configuration = { query, labels: job.labels, jobTimeoutMs: String(JOB_MILLISECONDS) };
  try {
    return await bigqueryCall<JobResource>(client, { method: 'POST', uri: '/jobs', json: { jobReference: { projectId: client.projectId, jobId: job.id, location }, configuration } });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== DUPLICATE) throw error;
    return readJob(client, location, job.id);
  }
}

function readJob(client: BigQuery, location: string, id: string): Promise<JobResource> {
  return bigqueryCall<JobResource>(client, { method: 'GET', uri: `/jobs/${id}`, qs: { location } });
}

/** Waits for the job's end, or for a while. What the answer says is not believed: a failed job's is an error like any other. */
async function untilDone(client: BigQuery, location: string, id: string): Promise<void> {
  try {
    const answer = await bigqueryCall<{ jobComplete?: boolean }>(client, { method: 'GET', uri: `/queries/${id}`, qs: { location, timeoutMs: ASK_MILLISECONDS, maxResults: 0 } });
    if (answer.jobComplete === undefined) await wait(PAUSE_MILLISECONDS);
  } catch {
    await wait(PAUSE_MILLISECONDS);
  }
}

interface ResultPage {
  readonly schema?: { readonly fields: readonly ResultField[] };
  readonly rows?: readonly ResultRow[];
  readonly pageToken?: string;
}

/** Rows in a page. Prevents an answer beyond the service's 20 MB. */
const ROWS_PER_PAGE = 10_000;

/** All rows of a job that is done, page by page. */
export async function readResults(client: BigQuery, location: string, id: string): Promise<{ fields: readonly ResultField[]; rows: ResultRow[] }> {
  const rows: ResultRow[] = [];
  let fields: readonly ResultField[] = [];
  let token: string | undefined;
  do {
    const qs = { location, maxResults: ROWS_PER_PAGE, 'formatOptions.useInt64Timestamp': true, ...(token ? { pageToken: token } : {}) };
    const page: ResultPage = await bigqueryCall(client, { method: 'GET', uri: `/queries/${id}`, qs });
    if (page.schema) fields = page.schema.fields;
    rows.push(...(page.rows ?? []));
    token = page.pageToken;
  } while (token);
  return { fields, rows };
}
