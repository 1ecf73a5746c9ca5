import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { BigQuery } from '@google-cloud/bigquery';

/** One call, as it came in whole. */
export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/**
 * How a call is answered. *cut*: the connection ends without an answer; *torn*: in the middle of one; *stall*: nothing ever comes.
 */
export type Reply = { readonly status: number; readonly body: string; readonly type?: string } | 'cut' | 'torn' | 'stall';

/** A server on loopback that takes insertAll calls and answers as a test says. */
export interface InsertAllServer {
  /** Google's client, pointed at it. */
  readonly bigquery: BigQuery;
  readonly received: readonly Received[];
  /** Calls whose connection ended without an answer, and not by `cut` or `torn`. */
  givenUp(): number;
  /** Dies: every connection ends, and none is taken. */
  stop(): Promise<void>;
  /** Listens again, at the same address. */
  start(): Promise<void>;
}

export async function insertAllServer(reply: (call: Received) => Reply | Promise<Reply>): Promise<InsertAllServer> {
  const received: Received[] = [];
  const cutByUs = new WeakSet<ServerResponse>();
  let givenUp = 0;
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call: Received = { path: request.url ?? '', headers: request.headers, body: await text(request) };
    received.push(call);
    response.on('close', () => {
      if (!response.writableFinished && !cutByUs.has(response)) givenUp += 1;
    });
    const chosen = await reply(call);
    if (chosen === 'stall') return;
    if (chosen === 'cut') return cut(response);
    if (chosen === 'torn') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"kind":"bigquery#tableDataInsertAllResponse"', () => cut(response));
      return;
    }
    response.writeHead(chosen.status, { 'content-type': chosen.type ?? 'application/json' });
    response.end(chosen.body);
  }
  function cut(response: ServerResponse): void {
    cutByUs.add(response);
    response.destroy();
  }
  const server = createServer((request, response) => void take(request, response).catch(() => undefined)); // a body that was cut is no call
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const bigquery = new BigQuery({ projectId: 'p' });
  bigquery.baseUrl = `http://127.0.0.1:${port}/bigquery/v2`;
  return {
    bigquery,
    received,
    givenUp: () => givenUp,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
    start: () => listen(server, port),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

const KIND = 'bigquery#tableDataInsertAllResponse';

/** The service's answer where every row was written. */
export const ALL_WRITTEN: Reply = { status: 200, body: JSON.stringify({ kind: KIND }) };

/** Its answer where rows were not: `[row, reason, message]` each. */
export function rowErrors(...errors: readonly (readonly [index: number, reason: string, message?: string])[]): Reply {
  return { status: 200, body: JSON.stringify({ kind: KIND, insertErrors: errors.map(([index, reason, message = '']) => ({ index, errors: [{ reason, message, location: '', debugInfo: '' }] })) }) };
}

/** Its answer where the whole call failed. */
export function callError(status: number, reason: string, message = ''): Reply {
  return { status, body: JSON.stringify({ error: { code: status, message, errors: [{ message, domain: 'global', reason }], status: 'X' } }) };
}
