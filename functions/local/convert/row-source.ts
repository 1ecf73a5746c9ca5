import { encodingOf, readText, type Encoding } from './text-encoding.ts';
import { wantedColumns, type Layout } from './columns.ts';
import { csvRecords, type CsvForm, type CsvRecord } from './csv-records.ts';
import { findHeader, type Header } from './find-header.ts';
import { jsonRows } from './json-rows.ts';
import type { ConversionMap } from './map-schema.ts';
import type { Row } from './row-converter.ts';
import { rowFault } from './row-faults.ts';

/** The rows of an export, whatever its form. */
export interface RowSource {
  readonly encoding: Encoding;
  /** Null for JSON lines. */
  readonly form: CsvForm | null;
  /** Null for JSON lines. */
  readonly header: readonly string[] | null;
  readonly layout: Layout;
  /** In the file's order; null for a blank row. */
  readonly rows: AsyncIterable<Row | null>;
}

/** Characters looked at for the header and the delimiter. */
const SAMPLE_CHARACTERS = 256 * 1024;

/** Opens an export: finds its encoding, header and delimiter. Throws `Failure` (exit 3) where it isn't what the map describes. */
export async function openRows(path: string, map: ConversionMap, progress: (bytes: number) => void): Promise<RowSource> {
  const wanted = wantedColumns(map);
  const encoding = await encodingOf(path, map.input.encoding ?? 'auto');
  if (map.input.format === 'jsonl') return { encoding, form: null, header: null, ...jsonRows(path, encoding, [...wanted], progress) };

  const header = findHeader(await sampleOf(path, encoding), map.input, wanted);
  const records = csvRecords(readText(path, encoding, progress), header.form, header.line_number);
  return { encoding, form: header.form, header: header.cells, layout: header.layout, rows: rowsBelow(header, records) };
}

async function sampleOf(path: string, encoding: Encoding): Promise<string> {
  let sample = '';
  for await (const text of readText(path, encoding, () => {})) {
    sample += text;
    if (sample.length >= SAMPLE_CHARACTERS) break;
  }
  return sample.slice(0, SAMPLE_CHARACTERS);
}

async function* rowsBelow(header: Header, records: AsyncIterable<CsvRecord>): AsyncGenerator<Row | null> {
  const width = header.cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  for await (const { line_number, cells } of records) {
    if (line_number === header.line_number) continue;
    const used = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
    if (used === 0) yield null;
    else yield { line_number, cells, fault: widthFault(cells, used, width), text: null };
  }
}

/** A row of another width than the header has its cells in other columns, or has lost some. Blank cells behind the last column are fine. */
function widthFault(cells: readonly string[], used: number, width: number): Row['fault'] {
  if (cells.length < width) return rowFault('row_too_short', '', `${cells.length} of ${width} cells`);
  return used > width ? rowFault('row_too_long', '', `${used} cells for ${width} columns`) : null;
}
