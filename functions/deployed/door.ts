import type { Request } from '@google-cloud/functions-framework';
import type { Callers, TokenVerdict } from '../adapters/google/oidc-tokens.ts';
import type { Log } from '../ports.ts';
import { type Answer, COME_AGAIN } from './answer.ts';

/** Lets a request in (null), or says what is answered instead. */
export type Door = (request: Request, log: Log) => Promise<Answer | null>;

/** What is answered to any other method. */
export const NOT_POST: Answer = { status: 405, headers: { allow: 'POST' } };
/** https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 */
const WHO_ARE_YOU: Answer = { status: 401, headers: { 'www-authenticate': 'Bearer' } };

/** What is answered to a token that doesn't let in. */
export const REFUSALS: Readonly<Record<Exclude<TokenVerdict, 'verified'>, Answer>> = {
  refused: WHO_ARE_YOU,
  signature_removed: WHO_ARE_YOU,
  another_account: { status: 403 },
  keys_unavailable: COME_AGAIN,
};

/** The door of a function: POST with the token of its caller. Stands before everything else: no store is asked for a stranger. */
export function door(callers: Callers): Door {
  return async (request, log) => {
    if (request.method !== 'POST') return NOT_POST;
    const verdict = await callers.judge(valuesOf(request.rawHeaders, 'authorization'));
    if (verdict === 'verified') return null;
    log.write(verdict === 'refused' ? 'WARNING' : 'ERROR', 'call refused', { code: verdict });
    return REFUSALS[verdict];
  };
}

/** All values of a header, as they came: Node keeps the first of several Authorization headers and drops the rest. */
function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1].toLowerCase() === name);
}
