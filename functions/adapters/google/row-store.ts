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
  /** One call. A result for each row, in their order; rejects when nothing is known of any of them. */
  insert(rows: readonly Row[]): Promise<CallResult>;
}

export type JournalProblem =
  /** A person or the store has to mend something; until then the message waits. */
  | 'no_such_field'
  | 'row_not_written'
  | 'all_rows_stopped'
  | 'stand_in_refused'
  | 'unreadable_answer'
  /** No answer in time. The lines may be there, which is harmless. */
  | 'deadline';

/** A line that is not known to be durable. Has no text of the service's: that may quote the row. */
export class JournalError extends Error {
  readonly code: JournalProblem;
  /** What the service called it (`backendError`, `quotaExceeded` …), where it said so. */
  readonly reason: string | null;
  constructor(code: JournalProblem, reason: string | null = null) {
    super(reason === null ? `journal: ${code}` : `journal: ${code} (${reason})`);
    this.name = 'JournalError';
    this.code = code;
    this.reason = reason;
  }
}
