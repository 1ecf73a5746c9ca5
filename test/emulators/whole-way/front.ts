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
  /** The ports of the instances that take requests of a function. */
  readonly instances: Map<FunctionName, number[]>;
  /** Bodies with one of these texts never reach processPayment: poison. */
  readonly poison: Set<string>;
  /** How many requests were passed on, and how they were answered. */
  readonly answers: Map<string, number>;
  close(): Promise<void>;
}

export async function openFront(): Promise<Front> {
  const tokens = tokenMaker();
  const instances = new Map<FunctionName, number[]>();
  const poison = new Set<string>();
  const answers = new Map<string, number>();
  let turn = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/keys') return void response.setHeader('content-type', 'application/json').end(JSON.stringify(tokens.keys));
    const name = (request.url ?? '').split(/[/?]/)[1] as FunctionName;
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    const body = Buffer.concat(pieces);
    const ports = instances.get(name) ?? [];
    const port = ports[turn++ % Math.max(1, ports.length)];
    const status = port === undefined || (name === 'processPayment' && isPoison(body)) ? 503 : await pass(request, response, port, body, tokens.token(CALLER, url(name)));
    answers.set(`${name} ${status}`, (answers.get(`${name} ${status}`) ?? 0) + 1);
    if (!response.headersSent) response.writeHead(status).end();
  }

  const isPoison = (body: Buffer) => [...poison].some((text) => body.includes(text));
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = (name: FunctionName) => `${base}/${name}`;
  return {
    url,
    keysUrl: `${base}/keys`,
    instances,
    poison,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
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
