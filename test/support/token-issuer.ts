import { createServer, type Server } from 'node:http';
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { AddressInfo } from 'node:net';

/** What a test's function expects of its caller. */
export const CALLER = 'push@trial.iam.gserviceaccount.com';
export const AUDIENCE = 'https://function.example/push';

type Claims = Readonly<Record<string, unknown>>;

/** An issuer of tokens with keys of its own, which it serves on loopback as Google does: PEM by key id. */
export interface TokenIssuer {
  readonly keys_url: string;
  /** How often the keys were fetched. */
  fetched(): number;
  /** Answers requests for keys with this status from now on. */
  answerWith(status: number): void;
  /** A token that holds, but for what is changed; undefined leaves a claim out. */
  token(change?: Claims, how?: { readonly header?: Claims; readonly key?: KeyObject; readonly signature?: string }): string;
  close(): Promise<void>;
}

/** A key that no issuer serves. */
export const strangerKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** `now` is in seconds since 1970; tokens are valid from then for an hour. */
export async function tokenIssuer(now: () => number): Promise<TokenIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let [fetched, status] = [0, 200];
  const server: Server = createServer((_request, response) => {
    fetched += 1;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ 'key-1': publicKey.export({ type: 'spki', format: 'pem' }) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    keys_url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/certs`,
    fetched: () => fetched,
    answerWith: (next) => void (status = next),
    token(change = {}, { header = {}, key = privateKey, signature } = {}) {
      const claims = { iss: 'https://accounts.google.com', aud: AUDIENCE, email: CALLER, email_verified: true, sub: '1', iat: now(), exp: now() + 3_600, ...change };
      const signed = [{ alg: 'RS256', kid: 'key-1', typ: 'JWT', ...header }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      return `${signed}.${signature ?? createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
