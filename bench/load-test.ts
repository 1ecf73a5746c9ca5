/**
 * `npm run bench:load`: processPayment under the Functions Framework, with tokens verified, over stand-ins for the stores, and beside it the
 * floor: the same framework answering 204 to the same bodies. Three processes: server, load generator, and this one. Ends by itself.
 * With FIRESTORE_EMULATOR_HOST set, once more with the real client of the claims, for what that costs in CPU (its latency is the emulator's).
 * With node's --cpu-prof, the server writes a profile.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:http';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const CONCURRENCIES = [1, 10, 80];
/** Seconds of load before anything is measured: the compiler is still at work. */
const WARM_SECONDS = 3;
const SECONDS = 6;
const [CALLER, AUDIENCE] = ['push@trial.iam.gserviceaccount.com', 'https://function.example'];

interface Figures { readonly cpu: number; readonly mib: number; readonly waited: number; readonly waits: number; readonly rows: number; readonly calls: number }
interface Load { readonly latencies: number[]; readonly seconds: number }

/** One token, and an address where the key is to be had. */
async function issuer(): Promise<{ token: string; keys_url: string; close: () => void }> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ k: publicKey.export({ type: 'spki', format: 'pem' }) })));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const now = Math.floor(Date.now() / 1_000);
  const signed = [{ alg: 'RS256', kid: 'k' }, { iss: 'https://accounts.google.com', aud: AUDIENCE, email: CALLER, email_verified: true, iat: now, exp: now + 3_600 }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return { token: `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`, keys_url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

async function ask<Answer>(child: ChildProcess, question: object): Promise<Answer> {
  const answer = once(child, 'message');
  child.send(question);
  return (await Promise.race([answer, once(child, 'exit').then(() => Promise.reject(new Error('a process of the load test ended')))]))[0] as Answer;
}

function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

async function measure(server: ChildProcess, generator: ChildProcess, concurrency: number, name: string): Promise<void> {
  await ask<Load>(generator, { concurrency, seconds: WARM_SECONDS });
  const before = await ask<Figures>(server, {});
  const { latencies, seconds } = await ask<Load>(generator, { concurrency, seconds: SECONDS });
  const after = await ask<Figures>(server, {});
  latencies.sort((a, b) => a - b);
  // A request waits for one claim and one call: what the stand-ins took on average, claims and calls apart.
  const [payments, cpu, rows, calls] = [latencies.length, after.cpu - before.cpu, after.rows - before.rows, after.calls - before.calls];
  const standIns = after.waits === before.waits ? 0 : name === 'firestore' ? NaN : 8 + 30 + overshoot(before, after, payments, calls);
  const added = (part: number) => (Number.isNaN(standIns) ? '–' : (percentile(latencies, part) - standIns).toFixed(1));
  const cells = [String(concurrency), (payments / seconds).toFixed(0), (payments / cpu).toFixed(0), ((cpu / payments) * 1e6).toFixed(0), added(0.5), added(0.99), calls === 0 ? '–' : (rows / calls).toFixed(1), after.mib.toFixed(0)];
  console.log(`${name.padEnd(16)}${cells.map((cell) => cell.padStart(12)).join('')}`);
}

/** By how much timers of the stand-ins fired late in a request: the machine's doing. */
function overshoot(before: Figures, after: Figures, payments: number, calls: number): number {
  const late = after.waited - before.waited - 8 * payments - 30 * calls;
  return Math.max(0, (late / (after.waits - before.waits)) * 2);
}

async function run(name: string): Promise<void> {
  const { token, keys_url, close } = await issuer();
  const script = (file: string, ...rest: string[]) => fork(join(import.meta.dirname, 'load', file), rest, { execArgv: ['--disable-warning=ExperimentalWarning', ...(file === 'server.ts' ? process.execArgv.filter((flag) => flag.startsWith('--cpu-prof')) : [])] });
  const server = script('server.ts', name, keys_url, CALLER, AUDIENCE);
  const [{ port }] = (await once(server, 'message')) as [{ port: number }];
  const generator = script('generator.ts', String(port), token, `${Date.now()}`);
  await once(generator, 'message');
  for (const concurrency of CONCURRENCIES) await measure(server, generator, concurrency, name);
  for (const child of [generator, server]) child.disconnect();
  await Promise.all([once(server, 'exit'), once(generator, 'exit')].map((gone) => gone.catch(() => undefined)));
  close();
}

console.log(`${''.padEnd(16)}${['at a time', 'per second', 'per CPU s', 'CPU µs each', 'p50 added ms', 'p99 added ms', 'rows a call', 'MiB'].map((head) => head.padStart(12)).join('')}`);
for (const name of ['floor', 'processPayment', ...(process.env.FIRESTORE_EMULATOR_HOST ? ['firestore'] : [])]) await run(name);
console.log('\nadded: latency at the caller, less what the stand-ins took. The first line of a group waits 5 ms for others, which is in it.');
