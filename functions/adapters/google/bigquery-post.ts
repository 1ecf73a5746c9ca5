import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { BigQuery } from '@google-cloud/bigquery';
import { JournalError } from './row-store.ts';

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * POSTs a finished JSON text to a path below the client's project. Rejects with a JournalError where no whole answer came: `no_answer` (network,
 * an answer cut short, aborted; its code, such as ECONNRESET, is the reason) or `no_credentials`.
 */
export type Post = (path: string, body: string, signal: AbortSignal) => Promise<Answer>;

/**
 * POST to BigQuery with the client's address, project and credentials, but not through its `request`. That can't be given up: it ignores
 * `timeout`, so a call that stalls keeps its connection and its body for as long as the other side likes, and it sends a failed call again
 * (up to three times, the last after 14 to 17 seconds) with nobody to stop it. This one ends when `signal` aborts, sends once, and costs a
 * fraction of the CPU. Connections are kept and reused.
 */
export function bigqueryPost(bigquery: BigQuery): Post {
  const base = `${bigquery.baseUrl}/projects/${encodeURIComponent(bigquery.projectId)}`;
  const isSecure = base.startsWith('https:');
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const request = isSecure ? httpsRequest : httpRequest;
  return async (path, body, signal) => {
    const url = `${base}${path}`;
    const headers = { ...(await credentials(bigquery, url)), 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException) => reject(new JournalError('no_answer', error.code ?? null));
      const call = request(url, { method: 'POST', agent, headers, signal }, (response) => {
        text(response).then((found) => resolve({ status: response.statusCode ?? 0, text: found }), failed);
      });
      call.on('error', failed);
      call.end(body);
    });
  };
}

/** The headers that prove who calls. A token goes over https only; an emulator speaks http and wants none. */
export async function credentials({ authClient }: Pick<BigQuery, 'authClient'>, url: string): Promise<Readonly<Record<string, string>>> {
  if (!url.startsWith('https:')) return {};
  try {
    return Object.fromEntries(await authClient.getRequestHeaders(url));
  } catch {
    throw new JournalError('no_credentials');
  }
}
