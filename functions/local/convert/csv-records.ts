import { Readable } from 'node:stream';
import { CsvError, parse, type Options } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { MAX_LINE_BYTES } from '../../limits.ts';
import { EXIT, Failure } from '../../failure.ts';

/** One record of a CSV file: a line, or several where a quoted cell holds line ends. */
export interface CsvRecord {
  /** Physical line that it begins on, from 1. */
  readonly line_number: number;
  readonly cells: readonly string[];
}

export interface CsvForm {
  readonly delimiter: string;
  /** The quotation mark around cells; null where there is none. */
  readonly quote: string | null;
}

function options(form: CsvForm): Options<string[]> {
  return {
    delimiter: form.delimiter,
    quote: form.quote,
    escape: form.quote,
    record_delimiter: '\n', // see withLineFeeds
    relax_quotes: true, // 5" pipe
    relax_column_count: true, // judged row by row
    skip_empty_lines: false, // rows count as they stand
    max_record_size: MAX_LINE_BYTES, // a quote that is never closed would take the rest of the file as one cell
  };
}

/**
 * The records of a CSV text, from the one that begins on that physical line on. (Rows of another width than the first record's
 * cost the parser ten times as much, so lines above a header are better left out here than later.) Throws `Failure` (exit 3) where a quote isn't closed. */
export async function* csvRecords(text: AsyncIterable<string>, form: CsvForm, fromLine: number): AsyncGenerator<CsvRecord> {
  const source = Readable.from(withLineFeeds(text), { objectMode: false }).on('error', (error) => parser.destroy(error));
  const parser = source.pipe(parse({ ...options(form), info: true, from_line: fromLine }));
  let lines = fromLine - 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { line_number: lines + 1, cells: record };
      lines = info.lines;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Failure(
      EXIT.unusable,
      `The row that begins on line ${lines + 1} doesn't end within ${MAX_LINE_BYTES} bytes, or not before the file does: most likely a quotation mark there is never closed.`,
      'Mend that line, or say in the map that the file has no quotes (input.quote: "none"). Nothing was written.',
    );
  } finally {
    source.destroy(); // closes the file when nobody wants the rest
  }
}

const LINE_END = /\r\n?/g;

/** The same text with LF for CR LF and for a lone CR: the parser would count a CR LF in quotes as two lines. */
async function* withLineFeeds(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let heldBack = '';
  for await (const piece of pieces) {
    const text = heldBack + piece;
    heldBack = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - heldBack.length).replace(LINE_END, '\n');
  }
  if (heldBack !== '') yield '\n';
}

/** The first records of a text that may be cut anywhere: what can be read of them. */
export function firstRecords(text: string, form: CsvForm, most: number): CsvRecord[] {
  const records: CsvRecord[] = [];
  let lines = 0;
  const keep = (cells: string[], info: { readonly lines: number }) => {
    records.push({ line_number: lines + 1, cells });
    lines = info.lines;
    return null;
  };
  try {
    parseSync(text.replace(LINE_END, '\n'), { ...options(form), to: most, on_record: keep });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return records;
}
