import type { TableDescription } from '../sql/tables/description.ts';

/** BigQuery's logical sizes. https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#data_type_sizes */
const FIXED: Readonly<Record<string, number>> = { INT64: 8, TIMESTAMP: 8, DATE: 8, BOOL: 1, 'NUMERIC(38,9)': 16 };
const LENGTH_BYTES = 2;

/** Average bytes of content, measured over 20,000 simulated payments (`npm run payments -- simulate`). Columns not named: none, or as `OTHERWISE`. */
const CONTENT: Readonly<Record<string, number>> = {
  message_id: 16, data_sha256: 32, identity_key: 16, fingerprint: 32, outcome: 8, source: 40, transaction_id: 24, fingerprint_version: 2, kind: 7, currency: 3,
  event_time_offset: 3, customer_id: 9, merchant_id: 7, original_transaction_id: 0, payment_method: 7, country: 2, region: 7, producer: 12, fraud_reasons: 17,
  fraud_rules_version: 1, payload: 420, data: 420, attributes: 40, subscription_name: 40, claim_owner: 0, flags: 0, faults: 0, disposition: 8, decision: 0,
};
const OTHERWISE = 12;
/** Mostly null: no bytes at all. */
const NULL_MOSTLY: ReadonlySet<string> = new Set(['dead_letter_published_at', 'claim_owner', 'flags', 'faults', 'original_transaction_id', 'decision', 'decided_at', 'line_number']);

/** Average bytes of one column of a row. */
export function columnBytes(name: string, type: string): number {
  if (NULL_MOSTLY.has(name)) return 0;
  const bare = name.replace(/^(line|posted|named|greatest_line)_(?=[a-z])/, '');
  return FIXED[type] ?? FIXED[`${type}(38,9)`] ?? LENGTH_BYTES + (CONTENT[bare] ?? CONTENT[name] ?? OTHERWISE);
}

/** Average bytes of a whole row of a table. */
export function rowBytes(table: TableDescription): number {
  return table.columns.reduce((sum, column) => sum + columnBytes(column.name, column.type), 0);
}
