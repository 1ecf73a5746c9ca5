import type { Response } from '@google-cloud/functions-framework';

/** What a function says to a request. */
export interface Answer {
  readonly status: number;
  /** Sent as JSON. Left out: no body. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What there was to do has been done for good: Pub/Sub takes the message as acknowledged. https://cloud.google.com/pubsub/docs/push#receive_push */
export const DONE: Answer = { status: 204 };
/** Come again: a fault that passes, a request too late, an instance that ends. */
export const COME_AGAIN: Answer = { status: 503 };
/** Come again, though nobody knows whether that helps. */
export const UNKNOWN_FAULT: Answer = { status: 500 };

/** Sends an answer, and returns when it is handed over or the caller is gone. Never throws. */
export function send(response: Response, { status, body, headers = {} }: Answer): Promise<void> {
  return new Promise((resolve) => {
    if (response.headersSent || response.destroyed) return resolve();
    response.once('finish', resolve).once('close', resolve).once('error', () => resolve());
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (body === undefined) return void response.end();
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(`${JSON.stringify(body)}\n`);
  });
}
