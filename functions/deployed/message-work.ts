import type { Settings } from '../config.ts';
import type { Micros } from '../payment/time.ts';
import type { JournalLine } from '../pipeline/journal-line.ts';
import type { Message } from '../pipeline/message.ts';
import { type PipelinePorts, processBatch } from '../pipeline/pipeline.ts';
import type { Clock, Log } from '../ports.ts';
import { DONE } from './answer.ts';
import { answerToFault } from './answer-to-fault.ts';
import type { Work } from './serve.ts';
import { namingStores } from './store-fault.ts';
import type { Tally } from './tally.ts';

/** What a push function works with. */
export interface MessageStores extends PipelinePorts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly tally: Tally;
  /** Reads the body of a push; never throws. */
  readonly read: (body: Uint8Array, received_at: Micros) => Message;
}

const NO_BODY = new Uint8Array();

/**
 * One pushed message, its whole way: 204 once its line is durable, whatever the line says. Only a fault that may pass is answered
 * otherwise: what comes again slows the whole subscription down. https://cloud.google.com/pubsub/docs/push#push_backoff
 */
export function messageWork(stores: MessageStores): Work {
  const ports = namingStores(stores);
  return async (request, log) => {
    const message = stores.read(request.rawBody ?? NO_BODY, stores.clock.now());
    try {
      const [line] = await processBatch([message], ports, stores.settings);
      stores.tally.count(line.outcome);
      tell(line, log);
      return DONE;
    } catch (error) {
      return answerToFault(error, message, stores, log);
    }
  };
}

/** Most lines are worth no words. A rejected message is: its producer has to mend something. */
function tell({ outcome, faults }: JournalLine, log: Log): void {
  if (outcome === 'rejected') log.write('WARNING', 'message rejected', { code: faults[0].code });
}
