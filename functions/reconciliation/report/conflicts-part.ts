import type { Books, SqlRow } from '../../ports.ts';
import type { Micros } from '../../payment/time.ts';
import { MAX_CONFLICTS } from './bounds.ts';
import { ageInDays, type BreaksPart } from './breaks-part.ts';
import { moneyText } from './decimal.ts';
import type { Listed } from './listed.ts';
import { microsOrNull, textOf, textOrNull } from './rows.ts';

/** A copy that says something else than the payment that counts, field by field. */
export interface Conflict {
  readonly break_id: string;
  readonly transaction_id: string | null;
  readonly message_id: string | null;
  /** The message that counts; null where none is posted. */
  readonly posted_message_id: string | null;
  readonly posted_booking_date: string | null;
  /** The message that had the claim when this one came. */
  readonly claim_owner: string | null;
  readonly age_days: number | null;
  /** Fields that differ. Values are null where there is none; a customer's are never shown. */
  readonly fields: readonly ConflictField[];
}

export interface ConflictField {
  readonly field: string;
  readonly posted: string | null;
  readonly copy: string | null;
}

/** What stands for a customer, which is never shown. */
const NOT_SHOWN = 'not shown';

const COMPARED = ['amount', 'currency', 'kind', 'merchant_id', 'original_transaction_id'] as const;

/** Reads the open conflicts of a reconciliation, the oldest first. */
export async function readConflicts(books: Books, reconciliation: number, breaks: BreaksPart, now: Micros): Promise<Listed<Conflict>> {
  const rows = await books.query('jobs/report/open-conflicts.sql', { reconciliation, list_limit: MAX_CONFLICTS });
  const open = breaks.by_type.filter((group) => group.break_type === 'conflict_open').reduce((sum, group) => sum + group.breaks, 0);
  return { items: rows.map((row) => conflict(row, now)), more: open - rows.length };
}

function conflict(row: SqlRow, now: Micros): Conflict {
  const since = microsOrNull(row, 'since');
  return {
    break_id: textOf(row, 'break_id'),
    transaction_id: textOrNull(row, 'transaction_id'),
    message_id: textOrNull(row, 'message_id'),
    posted_message_id: textOrNull(row, 'posted_message_id'),
    posted_booking_date: textOrNull(row, 'posted_booking_date'),
    claim_owner: textOrNull(row, 'claim_owner'),
    age_days: since === null ? null : ageInDays(since, now),
    fields: row.posted_message_id === null ? ofCopy(row) : differing(row),
  };
}

function differing(row: SqlRow): ConflictField[] {
  const fields = COMPARED.map((field) => ({ field, posted: shown(row, 'posted', field), copy: shown(row, 'copy', field) }));
  const customer = { field: 'customer_id', posted: NOT_SHOWN, copy: NOT_SHOWN };
  return [...fields.filter(({ posted, copy }) => posted !== copy), ...(row.customer_differs === true ? [customer] : [])];
}

/** Nothing is posted to compare with: what the copy itself says. */
function ofCopy(row: SqlRow): ConflictField[] {
  return COMPARED.map((field) => ({ field, posted: null, copy: shown(row, 'copy', field) })).filter(({ copy }) => copy !== null);
}

function shown(row: SqlRow, side: 'posted' | 'copy', field: (typeof COMPARED)[number]): string | null {
  const text = textOrNull(row, `${side}_${field}`);
  return text === null || field !== 'amount' ? text : moneyText(text, textOf(row, `${side}_currency`));
}
