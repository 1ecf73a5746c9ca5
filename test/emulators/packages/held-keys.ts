import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An issuer's keys that are not given out before they are let go: so long, a request whose token is to be verified is in hand. */
export interface HeldKeys {
  readonly url: string;
  /** Resolves when someone has asked. */
  readonly asked: Promise<void>;
  letGo(): void;
  close(): void;
}

export async function heldKeys(keys_url: string): Promise<HeldKeys> {
  const [asked, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const server = createServer((_request, response) => {
    asked.resolve();
    void free.promise.then(() => fetch(keys_url)).then((keys) => keys.text()).then((keys) => response.setHeader('content-type', 'application/json').end(keys));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    asked: asked.promise,
    letGo: () => free.resolve(),
    close: () => void (server.closeAllConnections(), server.close()),
  };
}
