/**
 * The load generator, a process of its own: as many connections as requests at a time, each sending its next when the last is answered.
 * Asked over IPC for some seconds of load; gives back how many were answered, and each latency in milliseconds.
 */
import { Agent, request } from 'node:http';
import { pushBodies } from './bodies.ts';

const [port, token, run] = process.argv.slice(2);
/** Bodies made beforehand, so that making them costs nothing while it is measured. */
const BODIES = pushBodies(20_000, run);
let next = 0;

function sendOne(agent: Agent): Promise<void> {
  const body = BODIES[next++ % BODIES.length];
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: Number(port), method: 'POST', path: '/', agent, headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'content-length': Buffer.byteLength(body) } }, (response) => {
      response.resume().on('end', () => (response.statusCode === 204 ? resolve() : reject(new Error(`answered ${response.statusCode}`)))).on('error', reject);
    });
    sent.on('error', reject).end(body);
  });
}

async function load(concurrency: number, seconds: number): Promise<{ latencies: number[]; seconds: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  await Promise.all(Array.from({ length: concurrency }, async () => {
    for (let sent = performance.now(); sent < end; sent = performance.now()) {
      await sendOne(agent);
      latencies.push(performance.now() - sent);
    }
  }));
  const took = (performance.now() - start) / 1_000;
  agent.destroy();
  return { latencies, seconds: took };
}

process.on('message', ({ concurrency, seconds }: { concurrency: number; seconds: number }) => {
  load(concurrency, seconds).then((result) => process.send!(result), (error: Error) => {
    console.error(error.message);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit());
process.send!('ready');
