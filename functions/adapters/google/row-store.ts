import type { JournalLine } from '../../pipeline/journal-line.ts';

/**
 * What a store said about one row of a call: *written* and durable; *refused* for its content, so it would be refused again; *stopped*,
 * left out because of a neighbour; or the error, after which it may or may not be there.
 */
export type RowResult = 'written' | 'refused' | 'stopped' | Error;

/** *refused*: the call as a whole was, for something in it, and nothing of it was written. */
export type CallResult = readonly RowResult[] | 'refused';

/** What the journal needs of a store that takes rows in calls: insertAll has it, and the gRPC Storage Write API can. */
export interface RowStore<Row> {
  encode(line: JournalLine): Row;
  /** Bytes that the row adds to a call. */
  bytesOf(row: Row): number;
  /** A result for each row, in their order; rejects when nothing is known of any of them. Once `signal` aborts it ends, and sends nothing more. */
  insert(rows: readonly Row[], signal: AbortSignal): Promise<CallResult>;
}

export type JournalProblem =
  /** A person or the store has to mend something; until then the message waits. */
  | 'no_such_field'
  | 'row_not_written'
  | 'all_rows_stopped'
  | 'stand_in_refused'
  | 'unreadable_answer'
  /** The service failed the call, or allows it to nobody: no table, no access, too many calls, 5xx. */
  | 'call_failed'
  | 'no_credentials'
  /** No whole answer, or none in time. The lines may be there, which is harmless. */
  | 'no_answer'
  | 'deadline';

/** A line that is not known to be durable. Has no text of the service's: that may quote the row. */
export class JournalError extends Error {
  readonly code: JournalProblem;
  /** What the service called it (`backendError`, `quotaExceeded` …), or the network (`ECONNRESET`), where they said so. */
  readonly reason: string | null;
  /** Of the answer, where the whole call failed. */
  readonly status: number | null;
  constructor(code: JournalProblem, reason: string | null = null, status: number | null = null) {
    const remarks = [status, reason].filter((remark) => remark !== null).join(' ');
    super(remarks === '' ? `journal: ${code}` : `journal: ${code} (${remarks})`);
    this.name = 'JournalError';
    this.code = code;
    this.reason = reason;
    this.status = status;
  }
}
