import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OAuth2Client } from 'google-auth-library';
import { afterEach, describe, expect, test } from 'vitest';
import { monitoringBacklog } from '../../../functions/adapters/google/monitoring-backlog.ts';
import { type Micros, MICROS_PER_HOUR, MICROS_PER_SECOND, parseRfc3339 } from '../../../functions/payment/time.ts';

const NOW = parseRfc3339('2026-03-01T12:00:00.5Z')!.micros;
const NAMES = ['payments-process', 'payments-archive'];

interface Figures {
  readonly waiting?: string | number;
  /** Seconds. */
  readonly oldest?: string;
  /** Seconds before now at which the oldest was sampled. */
  readonly sampled?: number;
}

const point = (int64Value: unknown, secondsAgo: number) => ({ interval: { endTime: new Date((NOW - secondsAgo * MICROS_PER_SECOND) / 1_000).toISOString() }, value: { int64Value } });
const series = (subscription_id: string, points: unknown[]) => ({ metric: {}, resource: { type: 'pubsub_subscription', labels: { project_id: 'p', subscription_id } }, points });

let server: Server;
let requests: URL[] = [];
let authorization: (string | undefined)[] = [];
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Cloud Monitoring on this machine: answers each request by its metric. */
async function monitoring(answer: (metric: string) => { status?: number; body: unknown }): Promise<() => Promise<readonly string[]>> {
  requests = [];
  authorization = [];
  server = createServer((request: IncomingMessage, response) => {
    const url = new URL(request.url!, 'http://monitoring');
    requests.push(url);
    authorization.push(request.headers.authorization);
    const { status = 200, body } = answer(/subscription\/(\w+)"/.exec(url.searchParams.get('filter')!)![1]!);
    response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const caller = new OAuth2Client();
  caller.setCredentials({ access_token: 'token', expiry_date: Number.MAX_SAFE_INTEGER });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const backlog = monitoringBacklog(caller as never, { project: 'p', subscriptions: NAMES.map((name) => `projects/p/subscriptions/${name}`), behind_after: MICROS_PER_HOUR, clock: { now: (): Micros => NOW }, endpoint });
  return () => backlog.behind();
}

const figures = (byName: Readonly<Record<string, Figures>>) => (metric: string) => ({
  body: {
    timeSeries: Object.entries(byName).flatMap(([name, { waiting, oldest, sampled = 60 }]) => {
      if (metric === 'num_undelivered_messages') return waiting === undefined ? [] : [series(name, [point(String(waiting), 60)])];
      return oldest === undefined ? [] : [series(name, [point(oldest, sampled), point('999999', sampled + 60)])];
    }),
  },
});
const IDLE: Figures = { waiting: 0, oldest: '0' };

describe('a subscription', () => {
  test.each<[string, Figures, string[]]>([
    ['in which nothing waits', IDLE, []],
    ['in which nothing waits, and so nothing has an age', { waiting: 0 }, []],
    ['in which nothing waits by now', { waiting: 0, oldest: '7200' }, []],
    ['in which some wait, not for long', { waiting: 12, oldest: '30' }, []],
    ['that is behind by an hour, less a second', { waiting: 12, oldest: '3539' }, []],
    ['that is behind by an hour', { waiting: 12, oldest: '3540' }, ['12 messages in payments-process wait, the oldest for 1 h 0 min']],
    ['whose sample is older: it may have grown since', { waiting: 12, oldest: '3420', sampled: 180 }, ['12 messages in payments-process wait, the oldest for 1 h 0 min']],
    ['that is far behind', { waiting: 1_234_567, oldest: '187200' }, ['1,234,567 messages in payments-process wait, the oldest for 2 d 4 h']],
    ['in which one waits', { waiting: 1, oldest: '7140' }, ['1 message in payments-process waits, the oldest for 2 h 0 min']],
    ['in which some wait, nobody knows how long', { waiting: 12 }, ['12 messages in payments-process wait, and for how long is not known']],
    ['of which nothing is known', {}, ['what waits in payments-process is not known: Cloud Monitoring has no figure of the last minutes']],
    ['of which nothing but an age is known', { oldest: '0' }, ['what waits in payments-process is not known: Cloud Monitoring has no figure of the last minutes']],
    ['of which no figure is readable', { waiting: 'many', oldest: '0' }, ['what waits in payments-process is not known: Cloud Monitoring has no figure of the last minutes']],
  ])('%s', async (_name, payments, expected) => {
    const behind = await monitoring(figures({ 'payments-process': payments, 'payments-archive': IDLE }));
    expect(await behind()).toEqual(expected);
  });
});

test('each subscription has a sentence of its own', async () => {
  const behind = await monitoring(figures({ 'payments-process': { waiting: 2, oldest: '7140' } }));
  expect(await behind()).toEqual(['2 messages in payments-process wait, the oldest for 2 h 0 min', 'what waits in payments-archive is not known: Cloud Monitoring has no figure of the last minutes']);
});

test('asks for both figures of all subscriptions, of the last minutes, with a token', async () => {
  await (await monitoring(figures({})))();
  expect(requests.map((url) => [url.pathname, url.searchParams.get('filter'), url.searchParams.get('interval.startTime'), url.searchParams.get('interval.endTime')]).sort()).toEqual(['num_undelivered_messages', 'oldest_unacked_message_age'].map((metric) => [
    '/v3/projects/p/timeSeries',
    `metric.type="pubsub.googleapis.com/subscription/${metric}" AND resource.type="pubsub_subscription" AND resource.labels.subscription_id=one_of("payments-process","payments-archive")`,
    '2026-03-01T11:50:00.000Z', '2026-03-01T12:00:00.000Z',
  ]));
  expect(authorization).toEqual(['Bearer token', 'Bearer token']);
});

describe('what is not known is behind', () => {
  test.each<[string, { status?: number; body: unknown }, string]>([
    ['no right', { status: 403, body: { error: { code: 403, status: 'PERMISSION_DENIED' } } }, '403'],
    ['a wrong request', { status: 400, body: { error: { code: 400 } } }, '400'],
    ['no JSON', { body: '<html>' }, ''],
    ['an answer of another form', { body: [] }, ''],
    ['an error for one figure', { status: 404, body: {} }, '404'],
  ])('%s', async (_name, answer, code) => {
    const behind = await monitoring((metric) => (metric === 'num_undelivered_messages' ? answer : { body: {} }));
    const found = await behind();
    expect(found.length).toBeGreaterThan(0);
    expect(found.join('; ')).toMatch(code === '' ? /is not known/ : new RegExp(`what waits in payments-process, payments-archive is not known: Cloud Monitoring could not be asked \\(${code}\\)`));
  });
});
