import type { Books, SqlRow } from '../../ports.ts';
import { MAX_FAULT_CODES } from './bounds.ts';
import type { Listed } from './listed.ts';
import { countOf, countOrNull, textOf, textOrNull, timeOrNull } from './rows.ts';

/** Rejected messages that wait for a person, by their first fault. */
export interface RejectGroup {
  readonly code: string;
  readonly messages: number;
  readonly example: RejectExample;
}

export interface RejectExample {
  readonly message_id: string | null;
  readonly since: string | null;
  readonly source: string | null;
  readonly line_number: number | null;
  readonly field: string | null;
  /** What was found there; null for fields that may hold personal data, and for texts that are no payment at all. */
  readonly found: string | null;
  /** What the producer should send instead. */
  readonly fix: string | null;
}

/** Fields in which no person can be named. Of any other, and of a text as a whole, what was found stays out of the report. */
const FIELDS_SHOWN: ReadonlySet<string> = new Set([
  'amount', 'amount_minor', 'amount_exponent', 'currency', 'kind', 'event_time', 'captured_at', 'schema_version', 'transaction_id',
  'original_transaction_id', 'merchant_id', 'producer', 'country', 'payment_method', 'mcc',
]);

/** Reads the rejects of a reconciliation, the commonest fault first. */
export async function readRejects(books: Books, reconciliation: number): Promise<Listed<RejectGroup>> {
  const rows = await books.query('jobs/report/rejects-by-fault.sql', { reconciliation, list_limit: MAX_FAULT_CODES });
  return { items: rows.map(rejectGroup), more: rows[0] === undefined ? 0 : countOf(rows[0], 'codes') - rows.length };
}

function rejectGroup(row: SqlRow): RejectGroup {
  const field = textOrNull(row, 'field');
  return {
    code: textOf(row, 'code'),
    messages: countOf(row, 'messages'),
    example: {
      message_id: textOrNull(row, 'message_id'),
      since: timeOrNull(row, 'since'),
      source: textOrNull(row, 'source'),
      line_number: countOrNull(row, 'line_number'),
      field,
      found: field !== null && FIELDS_SHOWN.has(field) ? textOrNull(row, 'found') : null,
      fix: textOrNull(row, 'fix'),
    },
  };
}
