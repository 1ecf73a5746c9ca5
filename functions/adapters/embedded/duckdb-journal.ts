import { BIGINT, BLOB, DECIMAL, DuckDBBlobValue, type DuckDBConnection, DuckDBDecimalValue, DuckDBTimestampTZValue, type DuckDBType, type DuckDBValue, TIMESTAMPTZ, VARCHAR } from '@duckdb/node-api';
import { FINGERPRINT_VERSION } from '../../payment/fingerprint.ts';
import type { Micros } from '../../payment/time.ts';
import type { JournalLine } from '../../pipeline/journal-line.ts';
import type { Journal } from '../../ports.ts';
import { appendColumns, type ColumnWriter } from './duckdb-columns.ts';

/** Bytes of the identity's hash in journal and ledger. */
const IDENTITY_KEY_BYTES = 16;
const NUMERIC_SCALE = 9;

/** What is written in the same transaction as a batch's lines: how far its source was read. */
export type Checkpoint = (connection: DuckDBConnection, lastStamp: Micros) => Promise<void>;

/**
 * The journal on DuckDB, written by one writer. Every line gets a stamp of its own, later than all before it: the clock at its
 * message, or a microsecond after the last stamp. `checkpoint` runs inside the transaction of the lines.
 */
export function duckdbJournal(connection: DuckDBConnection, lastStamp: () => Micros, checkpoint: Checkpoint): Journal {
  return {
    async append(lines) {
      const stamps = stampsFor(lines, lastStamp());
      const last = stamps.at(-1) ?? lastStamp();
      await connection.run('BEGIN TRANSACTION');
      try {
        await appendColumns(connection, 'payment_journal', writersFor(stamps), lines);
        await checkpoint(connection, last);
        await connection.run('COMMIT');
      } catch (error) {
        await connection.run('ROLLBACK').catch(() => undefined);
        throw error;
      }
    },
  };
}

/** Strictly increasing stamps, one a line. */
export function stampsFor(lines: readonly JournalLine[], lastStamp: Micros): Micros[] {
  let last = lastStamp;
  return lines.map((line) => (last = Math.max(line.message.received_at, last + 1)));
}

function writersFor(stamps: readonly Micros[]): ColumnWriter<JournalLine>[] {
  // In the order of the columns in sql/tables/payment-journal.ts; a test compares the two.
  return [
    text((line) => line.message.redrive_of ?? line.message.message_id),
    bytes((line) => line.message.data_sha256),
    { type: TIMESTAMPTZ, value: (_line, index) => new DuckDBTimestampTZValue(BigInt(stamps[index])) },
    text((line) => line.outcome),
    time((line) => line.message.published_at),
    time((line) => line.message.dead_letter_published_at),
    text((line) => line.message.source),
    column(BIGINT, (line) => (line.message.line_number === null ? null : BigInt(line.message.line_number))),
    text((line) => line.claim_owner),
    text((line) => joined(line.flags)),
    text((line) => (line.faults.length === 0 ? null : JSON.stringify(line.faults))),
    text((line) => line.payment?.transaction_id ?? line.readable_transaction_id),
    bytes((line) => line.payment?.identity.subarray(0, IDENTITY_KEY_BYTES) ?? null),
    bytes((line) => line.payment?.fingerprint ?? null),
    text((line) => (line.payment ? FINGERPRINT_VERSION : null)),
    text((line) => line.payment?.kind ?? null),
    column(DECIMAL(38, NUMERIC_SCALE), (line) => (line.payment ? majorUnits(line.payment.amount_minor, line.payment.exponent) : null)),
    column(BIGINT, (line) => line.payment?.amount_minor ?? null),
    column(BIGINT, (line) => line.payment?.effect_minor ?? null),
    text((line) => line.payment?.currency ?? null),
    time((line) => line.payment?.event_time ?? null),
    text((line) => line.payment?.event_time_offset ?? null),
    text((line) => line.payment?.customer_id ?? null),
    text((line) => line.payment?.merchant_id ?? null),
    text((line) => line.payment?.original_transaction_id ?? null),
    text((line) => line.payment?.payment_method ?? null),
    text((line) => line.payment?.country ?? null),
    text((line) => line.payment?.region ?? null),
    text((line) => line.payment?.producer ?? null),
    column(BIGINT, (line) => (line.fraud ? BigInt(line.fraud.score) : null)),
    text((line) => (line.fraud ? joined(line.fraud.reasons) : null)),
    text((line) => line.fraud?.rules_version ?? null),
    text((line) => line.payload),
  ];
}

type Writer = ColumnWriter<JournalLine>;

function column(type: DuckDBType, value: (line: JournalLine) => DuckDBValue): Writer {
  return { type, value };
}

function text(value: (line: JournalLine) => string | null): Writer {
  return { type: VARCHAR, value };
}

function bytes(value: (line: JournalLine) => Uint8Array | null): Writer {
  return column(BLOB, (line) => {
    const found = value(line);
    return found === null ? null : new DuckDBBlobValue(found);
  });
}

function time(value: (line: JournalLine) => Micros | null): Writer {
  return column(TIMESTAMPTZ, (line) => {
    const found = value(line);
    return found === null ? null : new DuckDBTimestampTZValue(BigInt(found));
  });
}

function joined(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.join(',');
}

/** Minor units as NUMERIC(38,9) in major units; exponents go to 4, so nothing is lost. */
function majorUnits(minor: bigint, exponent: number): DuckDBDecimalValue {
  return new DuckDBDecimalValue(minor * 10n ** BigInt(NUMERIC_SCALE - exponent), 38, NUMERIC_SCALE);
}
