import type { TokenPayload } from 'google-auth-library';

/** What a token's claims are held against. */
export interface ClaimRules {
  readonly audience: string;
  readonly issuers: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Seconds by which two clocks may differ. */
  readonly allowance: number;
}

/**
 * The claims of a token whose signature the platform verified and took away, by the same rules as the library's for a signed one; null
 * where one doesn't hold. Worth nothing unless the platform lets in no call that it has not verified.
 */
export function claimsHold(token: string, { audience, issuers, now, allowance }: ClaimRules): TokenPayload | null {
  const claims = readClaims(token);
  if (claims === null || !issuers.includes(claims.iss) || claims.aud !== audience) return null;
  const seconds = now / 1_000;
  const onTime = typeof claims.iat === 'number' && typeof claims.exp === 'number' && seconds >= claims.iat - allowance && seconds <= claims.exp + allowance;
  return onTime ? claims : null;
}

function readClaims(token: string): TokenPayload | null {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1], 'base64url').toString('utf8'));
    return typeof claims === 'object' ? (claims as TokenPayload | null) : null;
  } catch {
    return null;
  }
}
