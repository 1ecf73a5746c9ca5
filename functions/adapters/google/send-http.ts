import { type Agent, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string | null;
  /** Ends the call, connection and all. */
  readonly signal: AbortSignal;
  /** Left out: the process's own, which keeps connections. */
  readonly agent?: Agent;
}

/** One HTTP call, sent once. Rejects with Node's error where no whole answer came. */
export function sendHttp(url: string, { method, headers, body, signal, agent }: HttpCall): Promise<Answer> {
  const request = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const call = request(url, { method, agent, headers, signal }, (response) => {
      text(response).then((found) => resolve({ status: response.statusCode ?? 0, text: found }), reject);
    });
    call.on('error', reject);
    call.end(body ?? undefined);
  });
}
