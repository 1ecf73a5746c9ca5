import { Agent, createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../functions/ports.ts';
import { amendBody, jobIdIn, purposeOf } from './bigquery-shim/amend-request.ts';
import { defaultStamps } from './bigquery-shim/default-stamps.ts';
import { type Answer, errorAnswer, failureInAnswer, failureOfJob } from './bigquery-shim/failed-query.ts';
import { plainDecimals } from './bigquery-shim/plain-decimals.ts';
import { Refusal } from './bigquery-shim/refusals.ts';

export interface ShimOptions {
  /** Where bqemulator listens, on this machine. */
  readonly upstream_port: number;
  /** Where to listen; 0: a free port. */
  readonly port: number;
  readonly clock: Clock;
}
export interface Shim {
  readonly port: number;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** Bytes of one request. Prevents a runaway test from filling the memory; insertAll itself takes 10 MB. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

/** An answer of the emulator: status, headers and bytes as they came. */
interface Reply {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

/**
 * A proxy in front of bqemulator that makes it err as BigQuery does: a failed query is an HTTP error, a job's id serves once, columns with
 * a default are stamped, parameters are bound, and what the emulator would answer wrongly is refused. All else passes byte for byte.
 */
export async function startBigqueryShim({ upstream_port, port, clock }: ShimOptions): Promise<Shim> {
  const agent = new Agent({ keepAlive: true });
  const stampRows = defaultStamps(clock);
  const jobs = new Set<string>();

  const forward = (method: string, path: string, headers: NodeJS.Dict<string | string[]>, body: Buffer) => send(agent, upstream_port, method, path, headers, body);

  async function answer(method: string, path: string, headers: NodeJS.Dict<string | string[]>, body: Buffer): Promise<Reply> {
    const purpose = purposeOf(method, path);
    const job = purpose.kind === 'job' ? jobIdIn(path, body) : null;
    if (job !== null && jobs.has(job)) return json(errorAnswer('duplicate', `Already Exists: Job ${job.split(' ')[1]}`));
    const amended = amendBody(purpose, body, stampRows);
    if (job !== null) jobs.add(job);
    const reply = await forward(method, path, headers, amended);
    if (job !== null && reply.status !== 200) jobs.delete(job);
    if (purpose.kind === 'insert' && reply.status === 500) throw new Refusal('a row that BigQuery refuses by name, the emulator fails on; test that with a stub');
    if (purpose.kind === 'results' && reply.status === 404) return json(failureOfJob((await forward('GET', purpose.job_path, {}, Buffer.alloc(0))).body.toString()), reply);
    if ((purpose.kind === 'query' || purpose.kind === 'results') && reply.status === 200) {
      const text = reply.body.toString();
      return json(failureInAnswer(text), { ...reply, body: Buffer.from(plainDecimals(text)) });
    }
    return reply;
  }

  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => answer(request.method ?? 'GET', request.url ?? '/', request.headers, body))
      .catch((error: unknown) => json(error instanceof Refusal ? errorAnswer('notImplemented', error.message) : errorAnswer('backendError', error instanceof Error ? error.message : String(error), 502)))
      .then((reply) => write(response, reply));
  });
  server.listen(port, LOOPBACK);
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}

/** The answer instead of the emulator's, or the emulator's own where there is none. */
function json(answer: Answer): Reply;
function json(answer: Answer | null, otherwise: Reply): Reply;
function json(answer: Answer | null, otherwise?: Reply): Reply {
  if (answer === null) return otherwise as Reply;
  return { status: answer.status, headers: { 'content-type': 'application/json; charset=UTF-8' }, body: Buffer.from(answer.body) };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MAX_REQUEST_BYTES) throw new Refusal(`a request of more than ${MAX_REQUEST_BYTES} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Headers that hold for one connection only, or that change with the body. */
const OWN_HEADERS = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'keep-alive', 'expect']);

function passedOn(headers: NodeJS.Dict<string | string[]>): NodeJS.Dict<string | string[]> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name)));
}

function send(agent: Agent, port: number, method: string, path: string, headers: NodeJS.Dict<string | string[]>, body: Buffer): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const length = body.length > 0 || method === 'POST' ? { 'content-length': body.length } : {};
    const outgoing = httpRequest({ agent, host: LOOPBACK, port, method, path, headers: { ...passedOn(headers), ...length } }, (incoming) => {
      readBody(incoming).then((bytes) => resolve({ status: incoming.statusCode ?? 502, headers: incoming.headers, body: bytes }), reject);
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

function write(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...passedOn(headers), 'content-length': body.length });
  response.end(body);
}
