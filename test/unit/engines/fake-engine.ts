import { readFileSync } from 'node:fs';
import { askEngine } from '../../../engines/check-http.ts';
import type { Engine, Launch } from '../../../engines/engine.ts';

/** Answers JSON on its port. With `grandchild` it has a child of its own, as gcloud's scripts have. */
const SERVER = `
const { createServer } = require('node:http');
const [port, behaviour] = process.argv.slice(1);
if (behaviour === 'dies') { console.error('first\\nno memory left'); process.exit(3); }
if (behaviour === 'deaf') process.on('SIGTERM', () => {});
createServer((request, response) => {
  if (request.url === '/die') process.exit(4);
  response.end(JSON.stringify({ pid: process.pid }));
}).listen(Number(port), '127.0.0.1').on('error', (error) => { console.error(error.message); process.exit(5); });
`;

export type Behaviour = 'well' | 'dies' | 'deaf';

/** A small engine that behaves as told. */
export function fakeEngine(name: Engine['name'], behaviour: Behaviour, change: Partial<Launch> = {}): Engine {
  return {
    name,
    ports: 1,
    find: async () => ({
      command: ([port]) => [process.execPath, '-e', SERVER, String(port), behaviour],
      environment: process.env,
      check: async ([port]) => void (await askEngine(port, '/')),
      open: async ([port]) => ({ variables: { [`${name.toUpperCase()}_PORT`]: String(port) }, close: async () => {} }),
      ...change,
    }),
  };
}

/** The process id of a fake engine. */
export async function pidOf(port: string): Promise<number> {
  return ((await askEngine(Number(port), '/')) as { pid: number }).pid;
}

/** Whether a process runs; one that has ended and waits to be reaped does not. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/^\S+ \(.*\) Z/.test(statusOf(pid));
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}
