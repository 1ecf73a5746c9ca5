import { generateKeyPairSync, sign } from 'node:crypto';

/** An issuer of OIDC tokens: its public keys in PEM by key id, and tokens as Google signs them for Pub/Sub and the scheduler. */
export interface TokenMaker {
  readonly keys: Readonly<Record<string, string>>;
  token(email: string, audience: string): string;
}

const KEY_ID = 'test-key';
const HOUR_IN_SECONDS = 3_600;

export function tokenMaker(): TokenMaker {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    keys: { [KEY_ID]: publicKey.export({ type: 'spki', format: 'pem' }).toString() },
    token(email, audience) {
      const iat = Math.floor(Date.now() / 1_000);
      const claims = { iss: 'https://accounts.google.com', aud: audience, email, email_verified: true, sub: '1', iat, exp: iat + HOUR_IN_SECONDS };
      const signed = `${part({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' })}.${part(claims)}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
    },
  };
}
