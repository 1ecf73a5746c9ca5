import { createHash } from 'node:crypto';
import { DuckDBBlobValue, type DuckDBConnection } from '@duckdb/node-api';
import type { Outcome } from '../../functions/pipeline/outcome.ts';

/** A journal line as a test needs it; everything else gets a sane value. */
export interface JournalRow {
  readonly message_id: string;
  readonly transaction_id: string;
  readonly outcome: Outcome;
  /** Microseconds. */
  readonly journaled_at: number;
  readonly amount_minor?: bigint;
  readonly kind?: string;
  readonly currency?: string;
}

/** Puts lines into the journal as the pipeline would have. */
export async function insertLines(connection: DuckDBConnection, rows: readonly JournalRow[]): Promise<void> {
  for (const row of rows) {
    const minor = row.amount_minor ?? 1_000n;
    await connection.run(
      `INSERT INTO payment_journal (message_id, data_sha256, journaled_at, outcome, source, transaction_id, identity_key, fingerprint, fingerprint_version, kind, amount, amount_minor, effect_minor, currency, event_time, customer_id, merchant_id, fraud_score)
       VALUES ($message_id, $data_sha256, make_timestamptz($journaled_at::BIGINT), $outcome, 'test', $transaction_id, $identity_key, $fingerprint, 'v1', $kind, $minor::DECIMAL(38,9) / 100, $minor::BIGINT, $minor::BIGINT, $currency, make_timestamptz($journaled_at::BIGINT), 'c', 'm', 0)`,
      {
        message_id: row.message_id,
        data_sha256: sha256(`${row.message_id}/${minor}`),
        journaled_at: BigInt(row.journaled_at),
        outcome: row.outcome,
        transaction_id: row.transaction_id,
        identity_key: sha256(row.transaction_id, 16),
        fingerprint: sha256(`${row.transaction_id}/${minor}`),
        kind: row.kind ?? 'payment',
        minor,
        currency: row.currency ?? 'EUR',
      },
    );
  }
}

function sha256(text: string, bytes = 32): DuckDBBlobValue {
  return new DuckDBBlobValue(createHash('sha256').update(text).digest().subarray(0, bytes));
}
