import { createServer, type AddressInfo, type Server } from 'node:net';
import { LOOPBACK } from './engine.ts';

/** Ports of the loopback that nobody listens on now, each another one. They are held together, then let go together. */
export async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: count }, hold));
  const ports = held.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function hold(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => server.once('error', reject).listen(0, LOOPBACK, () => resolve(server)));
}
