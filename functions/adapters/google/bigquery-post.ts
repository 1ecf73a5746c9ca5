import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { BigQuery } from '@google-cloud/bigquery';
import { JournalError } from './row-store.ts';
import { type Answer, sendHttp } from './send-http.ts';
import { unlessAborted } from './unless-aborted.ts';

export type { Answer } from './send-http.ts';

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
  const agent = base.startsWith('https:') ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  return async (path, body, signal) => {
    const url = `${base}${path}`;
    const headers = { ...(await credentials(bigquery, url, signal)), 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    return sendHttp(url, { method: 'POST', headers, body, signal, agent }).catch((error: NodeJS.ErrnoException) => {
      throw new JournalError('no_answer', error.code ?? null);
    });
  };
}

/**
 * The headers that prove who calls. A token goes over https only; an emulator speaks http and wants none. Rejects with a JournalError
 * `no_credentials`: where none are to be had, or not before `signal` aborts. The library waits for a token without end: on Cloud Run it sets no
 * time limit to the metadata server.
 */
export async function credentials({ authClient }: Pick<BigQuery, 'authClient'>, url: string, signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
  if (!url.startsWith('https:')) return {};
  try {
    return Object.fromEntries(await unlessAborted(authClient.getRequestHeaders(url), signal));
  } catch {
    throw new JournalError('no_credentials');
  }
}
