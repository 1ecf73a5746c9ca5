import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { firestoreClient } from '../../../functions/adapters/google/firestore-client.ts';

/** What HTTP/2, and so gRPC, begins with; REST begins with a method. https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
const HTTP2_PREFACE = 'PRI * HTTP/2.0';

let server: Server;
let first: string;
const sockets: Socket[] = [];

beforeEach(async () => {
  first = '';
  server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined).on('data', (bytes) => (first ||= bytes.toString('latin1'))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
  vi.stubEnv('FIRESTORE_EMULATOR_HOST', `127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

// By REST a create that was refused is told from one that met another write by nothing, and is tried again without end.
test.each([['nothing', undefined], ['REST', 'true']])('speaks gRPC where the environment prefers %s', async (_name, preferred) => {
  vi.stubEnv('FIRESTORE_PREFER_REST', preferred);
  const client = firestoreClient({ project: 'trial', database: '(default)' });
  client.doc('claims/a').create({ owner: '1' }).catch(() => undefined); // is never answered
  await expect.poll(() => first, { timeout: 10_000 }).not.toBe('');
  expect(first.slice(0, HTTP2_PREFACE.length)).toBe(HTTP2_PREFACE);
  client.terminate().catch(() => undefined);
});
