import { LOOPBACK } from './engine.ts';
import { CHECK_MILLISECONDS } from './limits.ts';

/** Asks an engine on the loopback, and gives its JSON answer. Rejects on any status but 200, and after CHECK_MILLISECONDS. */
export async function askEngine(port: number, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`http://${LOOPBACK}:${port}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(CHECK_MILLISECONDS),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`HTTP ${response.status} ${text.slice(0, 200)}`);
  return JSON.parse(text) as unknown;
}
