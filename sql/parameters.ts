import type { Column } from './tables/description.ts';

type ParameterType = Exclude<Column['type'], 'NUMERIC(38,9)'>;

function each(type: ParameterType, names: string): [string, ParameterType][] {
  return names.trim().split(/\s+/).map((name) => [name, type]);
}

/**
 * The type of every parameter that a statement under `sql/` takes: one name, one type, everywhere. BigQuery wants it for a null, and
 * Google's analyzer for every statement.
 */
export const PARAMETER_TYPES: ReadonlyMap<string, ParameterType> = new Map([
  ...each('TIMESTAMP', 'published_to republished_before republished_since from_time cut posted_at earliest_line now published_from journaled_from compared_from missing_before ahead_after error_before warning_before overdue_before lines_since effective_at recorded_at scheduled_at two_days_ago eight_days_ago thirty_one_days_ago'),
  ...each('DATE', 'today first_day last_day booked_from booked_since copies_booked_from doubles_booked_from'),
  ...each('INT64', 'most_times most_bytes orphan_grace claim_life span_micros bytes_billed slot_millis reconciliation previous posting_run proven_run last_run list_limit errors warnings messages_published messages_posted messages_duplicate messages_conflict messages_pending messages_rejected messages_missing'),
  ...each('STRING', 'break_ids attempt kind job break_type severity next_step reason verdict id message_id transaction_id owner setting old_value new_value actor action first_digits last_digits after_id'),
  ...each('BYTES', 'data_sha256 first_hash next_hash after_key'),
  ...each('BOOL', 'is_behind is_last transaction_id_is_identity'),
]);
