import { formatMinor } from '../../payment/money.ts';
import { formatMicros } from '../../payment/time.ts';
import type { JournalLine } from '../../pipeline/journal-line.ts';
import { JOURNAL_COLUMNS, type JournalColumn, NUMERIC_SCALE } from '../journal-columns.ts';

/**
 * A journal line as the JSON text of one row of `tabledata.insertAll`, with every value as text: a JSON number would be read as a
 * float. What is null is left out, `journaled_at` always, so that the column's default stamps it.
 * https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll
 */
export function journalRow(line: JournalLine): string {
  const row: Record<string, string> = {};
  for (const column of JOURNAL_COLUMNS) {
    const value = textOf(column, line);
    if (value !== null) row[column.name] = value;
  }
  return JSON.stringify(row);
}

function textOf({ type, value }: JournalColumn, line: JournalLine): string | null {
  switch (type) {
    case 'STRING':
      return value(line);
    case 'INT64':
      return value(line)?.toString() ?? null;
    case 'BYTES':
      return base64(value(line));
    case 'TIMESTAMP': {
      const micros = value(line);
      return micros === null ? null : formatMicros(micros);
    }
    case 'NUMERIC(38,9)': {
      const steps = value(line);
      return steps === null ? null : formatMinor(steps, NUMERIC_SCALE);
    }
  }
}

function base64(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
