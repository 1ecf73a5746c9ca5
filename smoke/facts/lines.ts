import type { Micros } from '../../functions/payment/time.ts';
import type { SqlRow } from '../../functions/ports.ts';

/** A line of the journal, as it was seen. */
export interface Line {
  readonly message_id: string;
  readonly data_sha256: string;
  readonly outcome: string;
  readonly transaction_id: string | null;
  /** The codes of its faults. */
  readonly faults: readonly string[];
  readonly is_dead_letter: boolean;
  readonly journaled_at: Micros;
  readonly seen_at: Micros;
}

/** A row of `sql/lines.sql`. */
export function lineOf(row: SqlRow): Line {
  return {
    message_id: String(row.message_id),
    data_sha256: String(row.data_sha256),
    outcome: String(row.outcome),
    transaction_id: (row.transaction_id as string | null) ?? null,
    faults: codesOf(row.faults as string | null),
    is_dead_letter: row.is_dead_letter === true,
    journaled_at: Number(row.journaled_at),
    seen_at: Number(row.seen_at),
  };
}

function codesOf(faults: string | null): string[] {
  return faults === null ? [] : (JSON.parse(faults) as readonly { readonly code: string }[]).map(({ code }) => code);
}
