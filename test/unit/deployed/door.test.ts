import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { oidcTokens, REMOVED_SIGNATURE } from '../../../functions/adapters/google/oidc-tokens.ts';
import { door } from '../../../functions/deployed/door.ts';
import { jobWork } from '../../../functions/deployed/job-work.ts';
import { messageWork } from '../../../functions/deployed/message-work.ts';
import { serve } from '../../../functions/deployed/serve.ts';
import { type Reply, pushBody, type Sent, serveInFramework, type ServedTrial } from '../../support/served-function.ts';
import { AUDIENCE, CALLER, strangerKey, tokenIssuer, type TokenIssuer } from '../../support/token-issuer.ts';
import { GOOD } from '../payment/good-payment.ts';
import { trialPlatform, type TrialPlatform } from './trial-platform.ts';
import { trialStores, type TrialStores } from './trial-stores.ts';

let issuer: TokenIssuer;
let platform: TrialPlatform;
let stores: TrialStores;
let pushed: ServedTrial;
let scheduled: ServedTrial;
let jobs: number;

beforeAll(async () => { issuer = await tokenIssuer(() => Math.floor(Date.now() / 1_000)); });
afterAll(() => issuer.close());
beforeEach(() => start(issuer.keys_url));
afterEach(() => stop());

async function start(keys_url: string): Promise<void> {
  platform = trialPlatform({ door: door(oidcTokens({ caller: CALLER, audience: AUDIENCE, keys_url, signature: 'verified', now: () => Date.now() })) });
  stores = trialStores(platform.log, platform.clock);
  jobs = 0;
  pushed = await serveInFramework(serve(platform, messageWork(stores)));
  scheduled = await serveInFramework(serve(platform, jobWork('trial', async () => ((jobs += 1), { status: 200, body: {} }))));
}

async function stop(): Promise<void> {
  await pushed.close();
  await scheduled.close();
}

const both = (sent: Sent): Promise<Reply[]> => Promise.all([pushed.call({ body: pushBody(JSON.stringify(GOOD)), ...sent }), scheduled.call(sent)]);
const bearing = (token: string): Sent => ({ headers: { authorization: `Bearer ${token}` } });

const cases: [string, number, () => Sent, string | null][] = [
  ['GET', 405, () => ({ ...bearing(issuer.token()), method: 'GET', body: '' }), null],
  ['PUT', 405, () => ({ ...bearing(issuer.token()), method: 'PUT' }), null],
  ['OPTIONS', 405, () => ({ method: 'OPTIONS', body: '' }), null],
  ['no token', 401, () => ({}), 'refused'],
  ['two tokens', 401, () => ({ headers: { authorization: [`Bearer ${issuer.token()}`, `Bearer ${issuer.token()}`] } }), 'refused'],
  ['a password', 401, () => ({ headers: { authorization: 'Basic dTpw' } }), 'refused'],
  ['another key', 401, () => bearing(issuer.token({}, { key: strangerKey() })), 'refused'],
  ['alg none', 401, () => bearing(issuer.token({}, { header: { alg: 'none' }, signature: '' })), 'refused'],
  ['another audience', 401, () => bearing(issuer.token({ aud: 'https://else' })), 'refused'],
  ['another issuer', 401, () => bearing(issuer.token({ iss: 'https://else' })), 'refused'],
  ['ended', 401, () => bearing(issuer.token({ iat: 1, exp: 2 })), 'refused'],
  ['signature taken away', 401, () => bearing(issuer.token({}, { signature: REMOVED_SIGNATURE })), 'signature_removed'],
  ['another account', 403, () => bearing(issuer.token({ email: 'someone@else' })), 'another_account'],
  ['an address not verified', 403, () => bearing(issuer.token({ email_verified: false })), 'another_account'],
];

test.each(cases)('%s: %i, and no store and no job is asked', async (_name, status, sent, code) => {
  const replies = await both(sent());
  expect(replies.map((reply) => reply.status)).toEqual([status, status]);
  expect([stores.calls(), jobs]).toEqual([0, 0]);
  expect(platform.logged.map((line) => [line.message, line.code])).toEqual(code === null ? [] : [['call refused', code], ['call refused', code]]);
});

test('a token in a header that nobody looks at doesn\'t let in', async () => {
  expect((await both({ headers: { 'x-serverless-authorization': `Bearer ${issuer.token()}` } })).map(({ status }) => status)).toEqual([401, 401]);
});

test('the keys can\'t be had: 503, and no store is asked', async () => {
  await stop();
  await start('http://127.0.0.1:9/certs');
  expect((await both(bearing(issuer.token()))).map(({ status }) => status)).toEqual([503, 503]);
  expect([stores.calls(), jobs]).toEqual([0, 0]);
});

test('the right token lets in', async () => {
  expect((await both(bearing(issuer.token()))).map(({ status }) => status)).toEqual([204, 200]);
  expect([stores.lines.length, jobs]).toEqual([1, 1]);
});

test('what is answered says how to ask: 405 with POST, 401 with Bearer, and no body', async () => {
  expect(await pushed.call({ method: 'GET' })).toMatchObject({ headers: { allow: 'POST' }, body: '' });
  expect(await pushed.call()).toMatchObject({ headers: { 'www-authenticate': 'Bearer' }, body: '' });
});

test('no part of a token is logged', async () => {
  const token = issuer.token({ email: 'someone@else' });
  await both(bearing(token));
  for (const part of [...token.split('.'), 'someone']) expect(JSON.stringify(platform.logged)).not.toContain(part);
});
