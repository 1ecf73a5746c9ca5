import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BigQuery } from '@google-cloud/bigquery';

/** What a job's request may hold. */
export interface JobBody {
  readonly jobReference?: { readonly jobId: string };
  readonly configuration?: { readonly query: Readonly<Record<string, unknown>>; readonly jobTimeoutMs: string; readonly labels: Readonly<Record<string, string>> };
}

/** One request that the stub saw. */
export interface Seen {
  readonly method: string;
  /** From the project on, without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: JobBody;
}

export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
}

/** BigQuery's REST API as a test tells it to answer, and a client that talks to it. */
export interface BigqueryStub {
  readonly client: BigQuery;
  readonly seen: Seen[];
  close(): Promise<void>;
}

export async function bigqueryStub(answer: (request: Seen, count: number) => Reply): Promise<BigqueryStub> {
  process.env.METADATA_SERVER_DETECTION = 'none';
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://stub');
      const text = Buffer.concat(pieces).toString();
      const one: Seen = { method: request.method ?? '', path: url.pathname.replace(/^.*\/projects\/[^/]+/, ''), query: url.searchParams, body: text === '' ? {} : (JSON.parse(text) as JobBody) };
      seen.push(one);
      const { status = 200, body = {} } = answer(one, seen.length);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const client = new BigQuery({ projectId: 'p', apiEndpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, autoRetry: false });
  return {
    client,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An error as the API writes it. */
export function apiError(status: number, reason: string, message = reason): Reply {
  return { status, body: { error: { code: status, message, errors: [{ reason, message, domain: 'global' }] } } };
}
