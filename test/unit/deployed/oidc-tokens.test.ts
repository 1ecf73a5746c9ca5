import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { OAuth2Client } from 'google-auth-library';
import { ALLOWANCE_SECONDS, type Callers, KEYS_MILLISECONDS, MAX_REMEMBERED, MAX_TOKEN_LENGTH, type OidcOptions, oidcTokens, REMOVED_SIGNATURE, type TokenVerdict } from '../../../functions/adapters/google/oidc-tokens.ts';
import { giveUpAfter } from '../../../functions/deployed/give-up.ts';
import { MICROS_PER_SECOND } from '../../../functions/payment/time.ts';
import { AUDIENCE, CALLER, strangerKey, tokenIssuer, type TokenIssuer } from '../../support/token-issuer.ts';

// The library reads the real clock for the times in a token; ours only decides how long a verdict is remembered.
const realSeconds = () => Math.floor(Date.now() / 1_000);
let issuer: TokenIssuer;
let milliseconds: number;

beforeAll(async () => { issuer = await tokenIssuer(realSeconds); });
afterAll(() => issuer.close());
beforeEach(() => {
  milliseconds = Date.now();
  issuer.answerWith(200);
});

function callers(change: Partial<OidcOptions> = {}): Callers {
  return oidcTokens({ caller: CALLER, audience: AUDIENCE, keys_url: issuer.keys_url, signature: 'verified', now: () => milliseconds, ...change });
}

const bearer = (token: string) => [`Bearer ${token}`];

describe('a token', () => {
  const stranger = strangerKey();
  const cases: [string, TokenVerdict, () => string[]][] = [
    ['good', 'verified', () => bearer(issuer.token())],
    ['the issuer\'s other name', 'verified', () => bearer(issuer.token({ iss: 'accounts.google.com' }))],
    ['the scheme in small letters', 'verified', () => [`bearer ${issuer.token()}`]],
    ['none', 'refused', () => []],
    ['an empty header', 'refused', () => ['']],
    ['two headers', 'refused', () => [...bearer(issuer.token()), ...bearer(issuer.token())]],
    ['two tokens in one header', 'refused', () => [`Bearer ${issuer.token()}, Bearer ${issuer.token()}`]],
    ['another scheme', 'refused', () => [`Basic ${issuer.token()}`]],
    ['not a token', 'refused', () => bearer('abc')],
    ['too long', 'refused', () => bearer(issuer.token({ more: 'x'.repeat(MAX_TOKEN_LENGTH) }))],
    ['another key', 'refused', () => bearer(issuer.token({}, { key: stranger }))],
    ['a key id that nobody serves', 'refused', () => bearer(issuer.token({}, { header: { kid: 'key-2' } }))],
    ['no signature, alg none', 'refused', () => bearer(issuer.token({}, { header: { alg: 'none' }, signature: '' }))],
    ['alg HS256 with nonsense', 'refused', () => bearer(issuer.token({}, { header: { alg: 'HS256' }, signature: 'AAAA' }))],
    ['another issuer', 'refused', () => bearer(issuer.token({ iss: 'https://accounts.example.com' }))],
    ['another audience', 'refused', () => bearer(issuer.token({ aud: 'https://function.example/other' }))],
    ['an audience that only begins like ours', 'refused', () => bearer(issuer.token({ aud: `${AUDIENCE}/` }))],
    ['ended', 'refused', () => bearer(issuer.token({ iat: realSeconds() - 7_200, exp: realSeconds() - ALLOWANCE_SECONDS - 5 }))],
    ['of the future', 'refused', () => bearer(issuer.token({ iat: realSeconds() + 7_200, exp: realSeconds() + 10_800 }))],
    ['without an end', 'refused', () => bearer(issuer.token({ exp: undefined }))],
    ['of another account', 'another_account', () => bearer(issuer.token({ email: 'someone@else.iam.gserviceaccount.com' }))],
    ['an address that is not verified', 'another_account', () => bearer(issuer.token({ email_verified: false }))],
    ['an address verified in words', 'another_account', () => bearer(issuer.token({ email_verified: 'true' }))],
    ['without an address', 'another_account', () => bearer(issuer.token({ email: undefined }))],
    ['its signature taken away', 'signature_removed', () => bearer(issuer.token({}, { signature: REMOVED_SIGNATURE }))],
  ];

  test.each(cases)('%s: %s', async (_name, verdict, header) => expect(await callers().judge(header())).toBe(verdict));
});

describe('where the platform takes signatures away', () => {
  const cases: [string, TokenVerdict, () => string[]][] = [
    ['the claims decide', 'verified', () => bearer(issuer.token({}, { signature: REMOVED_SIGNATURE }))],
    ['another audience', 'refused', () => bearer(issuer.token({ aud: 'https://other' }, { signature: REMOVED_SIGNATURE }))],
    ['another issuer', 'refused', () => bearer(issuer.token({ iss: 'me' }, { signature: REMOVED_SIGNATURE }))],
    ['ended', 'refused', () => bearer(issuer.token({ exp: realSeconds() - ALLOWANCE_SECONDS - 5 }, { signature: REMOVED_SIGNATURE }))],
    ['of the future', 'refused', () => bearer(issuer.token({ iat: realSeconds() + ALLOWANCE_SECONDS + 60 }, { signature: REMOVED_SIGNATURE }))],
    ['without times', 'refused', () => bearer(issuer.token({ iat: undefined, exp: undefined }, { signature: REMOVED_SIGNATURE }))],
    ['claims that are none', 'refused', () => bearer(`e30.${Buffer.from('null').toString('base64url')}.${REMOVED_SIGNATURE}`)],
    ['claims that can\'t be read', 'refused', () => bearer(`e30.e30x.${REMOVED_SIGNATURE}`)],
    ['another account', 'another_account', () => bearer(issuer.token({ email: 'a@b' }, { signature: REMOVED_SIGNATURE }))],
    ['a signature is still checked', 'refused', () => bearer(issuer.token({}, { key: strangerKey() }))],
  ];

  test.each(cases)('%s: %s', async (_name, verdict, header) => expect(await callers({ signature: 'removed_by_platform' }).judge(header())).toBe(verdict));
});

describe('a verified token', () => {
  function counted() {
    const verify = vi.spyOn(OAuth2Client.prototype, 'verifySignedJwtWithCertsAsync');
    return { times: () => verify.mock.calls.length, done: () => verify.mockRestore() };
  }

  test('is verified once, however often it comes', async () => {
    const [one, token, count] = [callers(), issuer.token(), counted()];
    for (let call = 0; call < 20; call++) expect(await one.judge(bearer(token))).toBe('verified');
    expect(count.times()).toBe(1);
    count.done();
  });

  test('is forgotten when it ends', async () => {
    const [one, token, count] = [callers(), issuer.token(), counted()];
    await one.judge(bearer(token));
    milliseconds += (3_600 + ALLOWANCE_SECONDS) * 1_000 - 2_000;
    await one.judge(bearer(token));
    expect(count.times()).toBe(1);
    milliseconds += 4_000;
    await one.judge(bearer(token));
    expect(count.times()).toBe(2);
    count.done();
  });

  test('pushes out the oldest where there are too many', async () => {
    const [one, count] = [callers(), counted()];
    const tokens = Array.from({ length: MAX_REMEMBERED + 1 }, (_none, number) => issuer.token({ sub: String(number) }));
    for (const token of tokens) await one.judge(bearer(token));
    await one.judge(bearer(tokens[1]));
    expect(count.times()).toBe(MAX_REMEMBERED + 1);
    await one.judge(bearer(tokens[0]));
    expect(count.times()).toBe(MAX_REMEMBERED + 2);
    count.done();
  });

  test('a refused one is never remembered', async () => {
    const [one, token, count] = [callers(), issuer.token({}, { key: strangerKey() }), counted()];
    for (let call = 0; call < 3; call++) expect(await one.judge(bearer(token))).toBe('refused');
    expect(count.times()).toBe(3);
    count.done();
  });
});

describe('the issuer\'s keys', () => {
  test('are fetched once for eighty requests at the same time', async () => {
    const before = issuer.fetched();
    const one = callers();
    const verdicts = await Promise.all(Array.from({ length: 80 }, (_none, number) => one.judge(bearer(issuer.token({ sub: String(number) })))));
    expect(new Set(verdicts)).toEqual(new Set(['verified']));
    expect(issuer.fetched() - before).toBe(1);
  });

  test('not to be had: nothing is known of the token, and it is asked for again', async () => {
    const one = callers({ keys_url: 'http://127.0.0.1:9/certs' });
    expect(await one.judge(bearer(issuer.token()))).toBe('keys_unavailable');
    expect(await one.judge([])).toBe('refused'); // no key is needed to see that there is no token
  });

  test('an answer with 404 instead of keys', async () => {
    issuer.answerWith(404);
    const one = callers();
    expect(await one.judge(bearer(issuer.token()))).toBe('keys_unavailable');
    issuer.answerWith(200);
    expect(await one.judge(bearer(issuer.token()))).toBe('verified');
  });

  describe('from a server that takes the connection and stays silent', () => {
    let silent: Server;
    let asked: number;
    let ended: number;
    let speaks: boolean;
    const keys_url = () => `http://127.0.0.1:${(silent.address() as AddressInfo).port}/certs`;
    beforeEach(async () => {
      [asked, ended, speaks] = [0, 0, false];
      silent = createServer((request, response) => {
        asked += 1;
        request.on('close', () => (ended += 1));
        if (speaks) void fetch(issuer.keys_url).then((answer) => answer.text()).then((keys) => response.setHeader('content-type', 'application/json').end(keys));
      });
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    });
    afterEach(() => new Promise<void>((resolve) => {
      silent.closeAllConnections();
      silent.close(() => resolve());
    }));

    test('every call is answered in time, and the connection is given up', async () => {
      const one = callers({ keys_url: keys_url(), keys_milliseconds: 150 });
      const verdicts = Promise.all(Array.from({ length: 80 }, () => one.judge(bearer(issuer.token()))));
      expect(new Set(await withinSeconds(5, verdicts))).toEqual(new Set(['keys_unavailable']));
      await expect.poll(() => asked > 0 && ended === asked, { timeout: 5_000 }).toBe(true);
    });

    test('the next call asks anew, and is let in once there are keys', async () => {
      const one = callers({ keys_url: keys_url(), keys_milliseconds: 1_000 });
      expect(await withinSeconds(3, one.judge(bearer(issuer.token()))), 'the library would try four times').toBe('keys_unavailable');
      speaks = true;
      expect(await withinSeconds(5, one.judge(bearer(issuer.token())))).toBe('verified');
    });

    test('the time is shorter than that of the shortest request', () => expect(KEYS_MILLISECONDS).toBeLessThan(giveUpAfter(5 * MICROS_PER_SECOND)));
  });
});

/** What comes of it, or a word where nothing did. */
function withinSeconds<Result>(seconds: number, work: Promise<Result>): Promise<Result | 'nothing in time'> {
  return Promise.race([work, new Promise<'nothing in time'>((resolve) => void setTimeout(() => resolve('nothing in time'), seconds * 1_000).unref())]);
}
