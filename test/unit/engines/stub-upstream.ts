import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { startBigqueryShim } from '../../../engines/bigquery-shim.ts';
import type { Clock } from '../../../functions/ports.ts';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Time stands still: what is stamped in one microsecond must still differ. */
const STOPPED: Clock = { now: () => Date.UTC(2026, 0, 1) * 1_000 };

/** The shim in front of an upstream that keeps what it saw and answers by path. */
export async function shimOnStub(answer: (seen: Seen) => Reply, clock: Clock = STOPPED) {
  const seen: Seen[] = [];
  const upstream = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces) };
    seen.push(one);
    const { status = 200, headers = {}, body = '' } = answer(one);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const shim = await startBigqueryShim({ upstream_port: (upstream.address() as AddressInfo).port, port: 0, clock });
  onTestFinished(async () => {
    await shim.close();
    upstream.closeAllConnections();
    upstream.close();
  });
  const call = async (method: string, path: string, body?: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${shim.port}${path}`, { method, body, headers });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const callJson = async (method: string, path: string, body?: unknown) => {
    const { status, bytes } = await call(method, path, body === undefined ? undefined : JSON.stringify(body), { 'content-type': 'application/json' });
    return { status, json: JSON.parse(bytes.toString()) as Record<string, never> & { error: { code: number; message: string; status: string; errors: { reason: string; message: string }[] } } };
  };
  return { seen, call, callJson, upstream };
}

export const PROJECT = '/bigquery/v2/projects/test';
