import { printable } from '../../payment/found.ts';
import { EXIT, Failure } from '../../failure.ts';
import { readHeader, type FoundHeader, type WantedColumn } from './columns.ts';
import { firstRecords, type CsvForm } from './csv-records.ts';
import type { ConversionMap } from './map-schema.ts';

/** The header of a CSV file, and with which delimiter it was found. */
export interface Header extends FoundHeader {
  readonly form: CsvForm;
  /** Records before it. */
  readonly index: number;
  /** Physical line that it begins on, from 1. */
  readonly line_number: number;
  readonly cells: readonly string[];
}

/** Rows looked at for a header. Prevents a search through a file of another kind. */
const HEADER_WITHIN_ROWS = 100;
const DELIMITERS = [',', ';', '\t', '|'];

/**
 * Finds the header in the first part of a file: the row, and with delimiter `auto` the delimiter, with which no needed column is
 * missing. Throws `Failure` (exit 3), naming the columns, where there is none.
 */
export function findHeader(sample: string, input: ConversionMap['input'], wanted: ReadonlyMap<string, WantedColumn>): Header {
  const delimiters = (input.delimiter ?? 'auto') === 'auto' ? DELIMITERS : [input.delimiter!];
  const quote = input.quote === 'none' ? null : (input.quote ?? '"');
  const candidates = delimiters.flatMap((delimiter) => headers(sample, { delimiter, quote }, input, wanted));
  // Of equal ones the first: the earlier delimiter, the earlier row.
  const best = candidates.reduce<Header | null>((before, header) => (before && before.found >= header.found ? before : header), null);
  if (best === null) throw new Failure(EXIT.unusable, 'The file is empty.', 'Export it again.');
  if (best.missing.length > 0) throw missingColumns(best);
  if (best.doubled.length > 0) throw new Failure(EXIT.unusable, `The header has ${best.doubled.map(printable).join(', ')} twice.`, 'Rename one of the columns, and name the right one in the map.');
  return best;
}

function headers(sample: string, form: CsvForm, input: ConversionMap['input'], wanted: ReadonlyMap<string, WantedColumn>): Header[] {
  const records = firstRecords(sample, form, Math.max(HEADER_WITHIN_ROWS, input.header_row ?? 1));
  const fixed = input.header_row ?? (input.skip_rows_until_header === false ? 1 : null);
  return records
    .map(({ line_number, cells }, index) => ({ ...readHeader(cells, wanted), form, index, line_number, cells }))
    .filter(({ index }) => fixed === null || index === fixed - 1);
}

function missingColumns(nearest: Header): Failure {
  const missing = nearest.missing.map((column) => column.spellings.map((spelling) => `"${printable(spelling)}"`).join(' or ')).join(', ');
  const header = nearest.found > 0 ? ` The row most like a header (row ${nearest.index + 1}) has: ${nearest.cells.map((cell) => printable(cell.trim())).join(' | ')}.` : ' No row looks like a header.';
  return new Failure(EXIT.unusable, `Columns that the map needs are missing: ${missing}.${header}`, 'Name the columns in the map as the file spells them (a list of spellings is fine), or use the map that fits this export.');
}
