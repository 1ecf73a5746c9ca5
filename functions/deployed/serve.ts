import type { Request, Response } from '@google-cloud/functions-framework';
import type { CloudLog } from '../adapters/google/cloud-log.ts';
import type { SetTimer } from '../adapters/google/group-appends.ts';
import { traceOf } from '../adapters/google/trace-context.ts';
import type { Log } from '../ports.ts';
import { type Answer, COME_AGAIN, send, UNKNOWN_FAULT } from './answer.ts';
import type { Door } from './door.ts';
import { faultFields } from './fault-fields.ts';
import type { InHand } from './in-hand.ts';
import { type LineLimit, limitedLog } from './limited-log.ts';
import { TOO_LATE, within } from './within.ts';

/** What every function of an instance stands on. */
export interface Platform {
  readonly door: Door;
  readonly inHand: InHand;
  readonly log: CloudLog;
  readonly lines: LineLimit;
  readonly setTimer: SetTimer;
  /** Milliseconds after which a request is given up. */
  readonly give_up_after: number;
}

/** What a function does for a request that was let in. `log` writes under the request's trace. */
export type Work = (request: Request, log: Log) => Promise<Answer>;

/** A function as the framework calls it. */
export type ServedFunction = (request: Request, response: Response) => Promise<void>;

/**
 * A request's way: taken (503 where the instance ends) → let in (405, 401, 403, 503) → worked on (its answer) → given up near the time
 * limit (503). What goes on after that can do no harm: claims and lines bear repetition. Never rejects: whatever happens is answered.
 * Nothing of one request is kept where another could see it.
 */
export function serve(platform: Platform, work: Work): ServedFunction {
  return (request, response) => platform.inHand.hold(answerOne(platform, work, request, response));
}

async function answerOne(platform: Platform, work: Work, request: Request, response: Response): Promise<void> {
  const { inHand, lines, give_up_after, setTimer } = platform;
  if (inHand.closed()) return send(response, COME_AGAIN);
  const log = limitedLog(platform.log.under(traceOf(request.headers)), lines);
  const way = { given_up: false };
  const answer = await within(inHand.hold(goThrough(platform.door, work, request, log, way)), give_up_after, setTimer);
  if (answer !== TOO_LATE) return send(response, answer);
  way.given_up = true;
  log.write('WARNING', 'request given up near its time limit', { milliseconds: give_up_after });
  return send(response, COME_AGAIN);
}

/** Door, then work. A fault that the work did not see to itself is one that nobody knows. */
async function goThrough(door: Door, work: Work, request: Request, log: Log, way: { readonly given_up: boolean }): Promise<Answer> {
  try {
    const refusal = await door(request, log);
    if (refusal) return refusal;
    return way.given_up ? COME_AGAIN : await work(request, log);
  } catch (error) {
    log.write('ERROR', 'request failed', faultFields(error));
    return UNKNOWN_FAULT;
  }
}
