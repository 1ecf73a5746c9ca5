import { hash } from 'node:crypto';
import { type Certificates, OAuth2Client, type TokenPayload } from 'google-auth-library';
import { claimsHold } from './token-claims.ts';
import { setTimer, withDeadline } from './with-deadline.ts';

/**
 * `verified`: signed by the issuer, for us, by the account that we expect. `refused`: no token, or one that is none. `another_account`:
 * a good token of somebody else. `keys_unavailable`: nothing is known about it, as the issuer's keys could not be fetched.
 */
export type TokenVerdict = 'verified' | 'refused' | 'signature_removed' | 'another_account' | 'keys_unavailable';

/** Who calls? */
export interface Callers {
  /** Judges all values of a request's Authorization header, in the order in which they came. Never throws. */
  judge(authorization: readonly string[]): Promise<TokenVerdict>;
}

export interface OidcOptions {
  /** The service account, by its e-mail address. */
  readonly caller: string;
  readonly audience: string;
  /** Where the issuer's keys are, in PEM by key id. */
  readonly keys_url: string;
  /** `removed_by_platform`: a token whose signature the platform took away, after it verified it, is judged by its claims. */
  readonly signature: 'verified' | 'removed_by_platform';
  /** Milliseconds since 1970, as the library reads them. */
  readonly now: () => number;
  /** Left out: KEYS_MILLISECONDS. */
  readonly keys_milliseconds?: number;
}

/** Both names under which Google issues tokens. https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken */
export const ISSUERS = ['https://accounts.google.com', 'accounts.google.com'];
/** Seconds after its end in which the library still takes a token (CLOCK_SKEW_SECS_): we keep no token longer than it would. */
export const ALLOWANCE_SECONDS = 300;
/** Tokens remembered. Pub/Sub and the scheduler send one for up to an hour; prevents the memory from growing with the days. */
export const MAX_REMEMBERED = 100;
/**
 * Milliseconds until fetching the issuer's keys is given up, with all tries of the library, which knows no end of its own. Prevents a connection
 * that stays silent from holding every call of an instance, since calls share a fetch. Less than the shortest request may take.
 */
export const KEYS_MILLISECONDS = 3_000;
/** Characters of a token. Prevents a header full of anything from being hashed and parsed. */
export const MAX_TOKEN_LENGTH = 8_192;
/** What Cloud Run puts in the place of a signature when IAM has let a call in. https://cloud.google.com/run/docs/troubleshooting#signature-removed */
export const REMOVED_SIGNATURE = 'SIGNATURE_REMOVED_BY_GOOGLE';

/**
 * Judges OIDC tokens of Pub/Sub and the scheduler. The library checks signature, issuer, audience and times (it ignores the header's `alg`: a
 * key of the issuer must have signed); that the token is our caller's (`email` and `email_verified`) is checked here. A verified token
 * is remembered by its SHA-256 until it ends: verifying takes half a millisecond, and thousands of requests carry the same one.
 */
export function oidcTokens(options: OidcOptions): Callers {
  const timeout = options.keys_milliseconds ?? KEYS_MILLISECONDS;
  // The transporter's time limit ends each connection, the deadline all that is tried.
  const client = new OAuth2Client({ endpoints: { oauth2FederatedSignonPemCertsUrl: options.keys_url }, issuers: [...ISSUERS], transporterOptions: { timeout } });
  const fetchKeys = async () => (await client.getFederatedSignonCertsAsync()).certs;
  const keys = oneAtATime(() => withDeadline(timeout, setTimer, () => new Error('no keys in time'), fetchKeys));
  const ends = new Map<string, number>(); // by the token's hash: milliseconds since 1970

  return {
    async judge(authorization) {
      const token = tokenOf(authorization);
      if (token === null) return 'refused';
      const name = hash('sha256', token, 'base64');
      const end = ends.get(name);
      if (end !== undefined && options.now() < end) return 'verified';
      ends.delete(name);
      const read = await readToken(token);
      if (typeof read === 'string') return read;
      if (read.email !== options.caller || read.email_verified !== true) return 'another_account';
      if (ends.size >= MAX_REMEMBERED) ends.delete(ends.keys().next().value!);
      ends.set(name, (Number(read.exp) + ALLOWANCE_SECONDS) * 1_000);
      return 'verified';
    },
  };

  async function readToken(token: string): Promise<TokenPayload | Exclude<TokenVerdict, 'verified'>> {
    if (token.endsWith(`.${REMOVED_SIGNATURE}`)) {
      if (options.signature === 'verified') return 'signature_removed';
      return claimsHold(token, { audience: options.audience, issuers: ISSUERS, now: options.now(), allowance: ALLOWANCE_SECONDS }) ?? 'refused';
    }
    let certificates: Certificates;
    try {
      certificates = await keys();
    } catch {
      return 'keys_unavailable';
    }
    try {
      const ticket = await client.verifySignedJwtWithCertsAsync(token, certificates, options.audience, [...ISSUERS]);
      return ticket.getPayload() ?? 'refused';
    } catch {
      return 'refused'; // the library's messages hold the token: they are never shown
    }
  }
}

/** The one bearer token of a request; null where there is none, several, or something else. */
function tokenOf(authorization: readonly string[]): string | null {
  if (authorization.length !== 1) return null;
  const found = /^bearer ([\w.~+/-]+=*)$/i.exec(authorization[0]);
  return found && found[1].length <= MAX_TOKEN_LENGTH ? found[1] : null;
}

/** Calls that come while one is under way share its result: eighty requests after a start fetch the keys once. */
function oneAtATime<Result>(call: () => Promise<Result>): () => Promise<Result> {
  let underway: Promise<Result> | null = null;
  return () => {
    underway ??= call().finally(() => (underway = null));
    return underway;
  };
}
