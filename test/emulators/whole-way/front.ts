import { createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FunctionName } from '../../../functions/deployed/function-variables.ts';
import { tokenMaker } from './token-maker.ts';

/** The service account whose tokens the functions let in. */
export const CALLER = 'push@test.iam.gserviceaccount.com';

/**
 * What stands between Google and the functions, as the emulators leave it out: a signed token on every request, a choice among the
 * instances that run, 503 where none does.
 */
export interface Front {
  /** Of a function, as its subscription or job would call it. */
  url(name: FunctionName): string;
  readonly keysUrl: string;
  /** Cloud Monitoring in this process: it knows nothing until it is told that nothing waits. */
  readonly monitoringUrl: string;
  sayThatNothingWaits(): void;
  /** The ports of the instances that take requests of a function. */
  readonly instances: Map<FunctionName, number[]>;
  /** Bodies with one of these texts never reach processPayment: poison. */
  readonly poison: Set<string>;
  /** Bodies with one of these texts are answered as done and never handed on: what a function that acknowledges too early would lose. */
  readonly swallowed: Set<string>;
  /** How many requests were passed on, and how they were answered. */
  readonly answers: Map<string, number>;
  close(): Promise<void>;
}

export async function openFront(): Promise<Front> {
  const tokens = tokenMaker();
  const instances = new Map<FunctionName, number[]>();
  const poison = new Set<string>();
  const swallowed = new Set<string>();
  const answers = new Map<string, number>();
  let turn = 0;
  let nothingWaits = false;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith('/v3/')) return void response.setHeader('content-type', 'application/json').end(JSON.stringify(nothingWaits ? figures(new URL(request.url, base)) : {}));
    if (request.url === '/keys') return void response.setHeader('content-type', 'application/json').end(JSON.stringify(tokens.keys));
    const name = (request.url ?? '').split(/[/?]/)[1] as FunctionName;
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    const body = Buffer.concat(pieces);
    const ports = instances.get(name) ?? [];
    const port = ports[turn++ % Math.max(1, ports.length)];
    const status = name === 'processPayment' && isAmong(swallowed, body) ? 204 : port === undefined || (name === 'processPayment' && isAmong(poison, body)) ? 503 : await pass(request, response, port, body, tokens.token(CALLER, url(name)));
    answers.set(`${name} ${status}`, (answers.get(`${name} ${status}`) ?? 0) + 1);
    if (!response.headersSent) response.writeHead(status).end();
  }

  const isAmong = (texts: ReadonlySet<string>, body: Buffer) => [...texts].some((text) => body.includes(text));
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = (name: FunctionName) => `${base}/${name}`;
  return {
    url,
    keysUrl: `${base}/keys`,
    monitoringUrl: base,
    sayThatNothingWaits: () => void (nothingWaits = true),
    instances,
    poison,
    swallowed,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A figure of 0 for each subscription that is asked for. https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.timeSeries/list */
function figures(url: URL): object {
  const names = [...(url.searchParams.get('filter') ?? '').matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  const endTime = new Date().toISOString();
  const points = [{ interval: { startTime: endTime, endTime }, value: { int64Value: '0' } }];
  return { timeSeries: names.map((subscription_id) => ({ resource: { type: 'pubsub_subscription', labels: { subscription_id } }, valueType: 'INT64', points })) };
}

/** Passes a request on with a token; an instance that is gone, or goes meanwhile, is a 503, as by the platform. */
function pass(incoming: IncomingMessage, response: ServerResponse, port: number, body: Buffer, token: string): Promise<number> {
  return new Promise((resolve) => {
    const headers = { ...incoming.headers, authorization: `Bearer ${token}`, 'content-length': body.length, connection: 'close' };
    delete headers['transfer-encoding'];
    const outgoing = httpRequest({ host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.once('error', () => resolve(503));
      answer.once('end', () => {
        const status = answer.statusCode ?? 503;
        response.writeHead(status, { 'content-type': answer.headers['content-type'] ?? 'text/plain' }).end(Buffer.concat(pieces));
        resolve(status);
      });
    });
    outgoing.once('error', () => resolve(503));
    outgoing.end(body);
  });
}
