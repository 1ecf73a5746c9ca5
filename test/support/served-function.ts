import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as framework from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import type { ServedFunction } from '../../functions/deployed/serve.ts';

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

/** A function behind the real Functions Framework, on a free port of loopback. */
export interface ServedTrial {
  call(sent?: Sent): Promise<Reply>;
  close(): Promise<void>;
}

let served = 0;

export async function serveInFramework(served_function: ServedFunction): Promise<ServedTrial> {
  const name = `trial-${++served}`;
  framework.http(name, served_function);
  const server = getTestServer(name);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    call: (sent) => callPort(port, sent),
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

/** One request to a port of loopback. Rejects where the connection breaks before there is an answer. */
export function callPort(port: number, { method = 'POST', path = '/', headers = {}, body = '' }: Sent = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, agent: false, headers: { 'content-type': 'application/json', ...headers } as Record<string, string> }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode!, body: Buffer.concat(parts).toString('utf8'), headers: response.headers }));
    });
    request.on('error', reject).end(body);
  });
}

/** The body of a push, as Pub/Sub sends it. */
export function pushBody(data: string | Uint8Array, message: Readonly<Record<string, unknown>> = {}): string {
  const shared = { data: Buffer.from(data).toString('base64'), messageId: '1', message_id: '1', publishTime: '2026-02-01T00:00:00.5Z', publish_time: '2026-02-01T00:00:00.5Z', attributes: {} };
  return JSON.stringify({ message: { ...shared, ...message }, subscription: 'projects/trial/subscriptions/payments' });
}
