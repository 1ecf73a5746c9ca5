import { BigQuery } from '@google-cloud/bigquery';

/** How the client finds BigQuery. */
export interface BigqueryOptions {
  readonly project: string;
  /** Of the dataset: EU, US or a region. */
  readonly location: string;
}

/** Google's client, which has credentials, retries and the emulator's address (BIGQUERY_EMULATOR_HOST) in it. */
export function bigqueryClient({ project, location }: BigqueryOptions): BigQuery {
  return new BigQuery({ projectId: project, location });
}

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** From the project on: `/jobs`. */
  readonly uri: string;
  readonly json?: unknown;
  readonly qs?: Readonly<Record<string, string | number | boolean>>;
  /** Milliseconds until the call is given up. */
  readonly timeout?: number;
}

/**
 * One REST call through the client. The jobs of the books need what its methods leave out or change: typed results to the microsecond,
 * and the very error of the service. Rejects with the client's ApiError (`code`, `errors[].reason`).
 */
export function bigqueryCall<Answer>(client: BigQuery, call: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    client.request({ ...call, timeout: call.timeout } as never, (error: Error | null, body?: unknown) => (error ? reject(error) : resolve(body as Answer)));
  });
}
