import type { DuckDBConnection } from '@duckdb/node-api';
import { paymentJournal } from '../../../sql/tables/payment-journal.ts';
import type { Micros } from '../../payment/time.ts';
import type { JournalLine } from '../../pipeline/journal-line.ts';
import type { Journal } from '../../ports.ts';
import { JOURNAL_COLUMNS } from '../journal-columns.ts';
import { appendColumns, type ColumnWriter } from './duckdb-columns.ts';

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
        await appendColumns(connection, paymentJournal.name, writersFor(stamps), lines);
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

type Writer = ColumnWriter<JournalLine>;

const WRITERS: ReadonlyMap<string, Writer> = new Map(JOURNAL_COLUMNS.map((column) => [column.name, column]));

/** A writer for each column of the table, in its order. */
function writersFor(stamps: readonly Micros[]): Writer[] {
  const stamp: Writer = { type: 'TIMESTAMP', value: (_line, index) => stamps[index] };
  return paymentJournal.columns.map(({ name }) => (name === 'journaled_at' ? stamp : WRITERS.get(name)!));
}
