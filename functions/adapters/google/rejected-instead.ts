import type { Fault } from '../../payment/fault.ts';
import type { JournalLine } from '../../pipeline/journal-line.ts';

const REFUSED_BY_JOURNAL: Fault = {
  code: 'refused_by_journal',
  field: '',
  found: '',
  fix: 'Nothing to send again: the store of the journal refused this line. Its data is in the raw archive, under the same message_id.',
};

/**
 * What is written for a line that the store refuses for its content: a *rejected* line with safe columns only. It says which message
 * (message_id, data_sha256, source), when it was published, and the fault; nothing that the producer wrote.
 */
export function rejectedInstead({ message }: Pick<JournalLine, 'message'>, fault: Fault = REFUSED_BY_JOURNAL): JournalLine {
  return {
    message: { ...message, data: new Uint8Array(), attributes: {}, line_number: null },
    outcome: 'rejected',
    claim_owner: null,
    payment: null,
    fraud: null,
    flags: [],
    faults: [fault],
    readable_transaction_id: null,
    payload: null,
  };
}
