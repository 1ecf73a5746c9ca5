import { type ErrorKind, kindOf } from '../adapters/google/error-kinds.ts';
import { rejectedInstead } from '../adapters/google/rejected-instead.ts';
import type { Fault } from '../payment/fault.ts';
import type { Message } from '../pipeline/message.ts';
import type { Journal, Log } from '../ports.ts';
import { type Answer, COME_AGAIN, DONE, UNKNOWN_FAULT } from './answer.ts';
import { faultFields } from './fault-fields.ts';
import { StoreFault } from './store-fault.ts';
import type { Tally } from './tally.ts';

const COULD_NOT_BE_PROCESSED: Fault = {
  code: 'could_not_be_processed',
  field: '',
  found: '',
  fix: 'Nothing to send again yet: our code or a store failed on this message, and would fail again. Its data is in the raw archive, under the same message_id; the log says where it failed.',
};

/** What is answered where a store's fault may pass. */
const ANSWERS: Readonly<Record<Exclude<ErrorKind, 'permanent'>, Answer>> = { transient: COME_AGAIN, unknown: UNKNOWN_FAULT };

/**
 * After a fault on a message's way. One that may pass: the message comes again. One that would come again with it: a *rejected* line with
 * safe columns, and the message is done. Where not even that line can be written, the message comes again.
 */
export async function answerToFault(error: unknown, message: Message, { journal, tally }: { readonly journal: Journal; readonly tally: Tally }, log: Log): Promise<Answer> {
  const [store, cause] = error instanceof StoreFault ? [error.store, error.cause] : ['none', error];
  const kind = kindOfFault(error);
  if (kind !== 'permanent') {
    log.write(kind === 'transient' ? 'WARNING' : 'ERROR', 'store failed: message comes again', { store, kind, ...faultFields(cause) });
    return ANSWERS[kind];
  }
  try {
    await journal.append([rejectedInstead({ message }, COULD_NOT_BE_PROCESSED)]);
  } catch (second) {
    log.write('ERROR', 'message can\'t be processed, nor rejected: it comes again', { store, ...faultFields(second) });
    return kindOf(second) === 'transient' ? COME_AGAIN : UNKNOWN_FAULT;
  }
  tally.count('rejected');
  log.write('ERROR', 'message can\'t be processed: rejected', { store, ...faultFields(cause) });
  return DONE;
}

/** Our own code is pure: on the same message it fails always. What a store says of its errors, the table knows. */
function kindOfFault(error: unknown): ErrorKind {
  if (!(error instanceof StoreFault)) return 'permanent';
  const kind = kindOf(error.cause);
  // What a claim holds is made by us, so a refused one is no fault of the message. At worst it becomes a dead letter: that needs no claim, and is posted.
  return kind === 'permanent' && error.store === 'claims' ? 'unknown' : kind;
}
