import { rm } from 'node:fs/promises';
import { maskCardData, maskRawText } from '../../payment/card-data.ts';
import { isSecurityCode, securityCodeName } from '../../payment/security-code.ts';
import type { Fault } from '../../payment/fault.ts';
import type { CsvForm } from './csv-records.ts';
import { columnKey, columnsOf, spellingsOf, type Layout } from './columns.ts';
import type { ConversionMap, FieldSources } from './map-schema.ts';
import { outputFile, type OutputFile } from './output-file.ts';
import type { Row } from './row-converter.ts';
import type { RowSource } from './row-source.ts';

/**
 * Rows that couldn't be converted, each with its line and reasons in front, otherwise as it was: mended there, the file can be
 * converted with the same map. Card numbers are masked where no id can be meant. The file exists only if there is such a row.
 */
export interface UnconvertedFile {
  readonly path: string;
  add(row: Row, faults: readonly Fault[]): Promise<void>;
  /** The path, or null where every row was converted (a file of an earlier run is removed then). */
  finish(): Promise<string | null>;
  discard(): Promise<void>;
}

/** The file beside `out`, in the format of the map's input. Nothing is written before the first row. */
export function unconvertedFile(out: string, map: ConversionMap, source: RowSource): UnconvertedFile {
  const path = `${out}.unconverted.${map.input.format}`;
  const { head, lineOf } = source.form && source.header ? csvLines(map, source, source.form, source.header) : jsonLines(map);
  // The file is UTF-8 whatever the input was; the mark says so to a map that names another encoding, and to spreadsheets.
  const mark = source.form !== null || source.encoding !== 'utf-8' ? '\ufeff' : '';
  let file: OutputFile | null = null;
  return {
    path,
    async add(row, faults) {
      if (file === null) {
        file = await outputFile(path);
        await file.write(mark + head);
      }
      await file.write(lineOf(row, reasonOf(faults)));
    },
    async finish() {
      if (file === null) await rm(path, { force: true });
      else await file.finish();
      return file === null ? null : path;
    },
    discard: async () => file?.discard(),
  };
}

function reasonOf(faults: readonly Fault[]): string {
  return faults.map((fault) => `${fault.code}${fault.field === '' ? '' : ` in ${fault.field}`}: found ${fault.found}`).join('; ');
}

interface Form {
  /** What stands before the first row. */
  readonly head: string;
  readonly lineOf: (row: Row, reason: string) => string;
}

function csvLines(map: ConversionMap, source: RowSource, form: CsvForm, header: readonly string[]): Form {
  const kept = cellsToKeep(map, source.layout);
  const codes = header.map(securityCodeName);
  const mask = (cell: string, at: number) => (isSecurityCode(codes[at] ?? 'no', cell.trim()) ? '***' : maskRawText(cell));
  return {
    // The header stays on the row on which the map expects it.
    head: '\n'.repeat((map.input.header_row ?? 1) - 1) + csvLine(['line_number', 'reason', ...header], form),
    lineOf: (row, reason) => csvLine([String(row.line_number), reason, ...row.cells.map((cell, at) => (kept.has(at) ? cell : mask(cell, at)))], form),
  };
}

/** One line of CSV (RFC 4180). Without quotes only the reason can hold what would need them. */
function csvLine(cells: readonly string[], { delimiter, quote }: CsvForm): string {
  const written = cells.map((cell) => {
    if (quote === null) return cell.replaceAll(delimiter, ' ').replace(/[\r\n]/g, ' ');
    const bare = !cell.includes(quote) && !cell.includes(delimiter) && !/[\r\n]/.test(cell) && cell === cell.trim();
    return bare ? cell : quote + cell.replaceAll(quote, quote + quote) + quote;
  });
  return `${written.join(delimiter)}\n`;
}

/** The object with two keys in front of its own; a line that is no object as a text. */
function jsonLines(map: ConversionMap): Form {
  const kept = keysToKeep(map);
  const lineOf: Form['lineOf'] = ({ line_number, text }, reason) => {
    const front = `{"unconverted_line":${line_number},"unconverted_reason":${JSON.stringify(reason)}`;
    const line = text ?? '';
    const object = objectOf(line);
    if (object === null) return `${front},"unconverted_text":${JSON.stringify(maskRawText(line))}}\n`;
    const masked = maskCardData(object, Object.keys(object).filter((key) => !kept.has(key)), line).text.trim();
    const inside = masked.slice(1).trim();
    return inside === '}' ? `${front}}\n` : `${front},${inside}\n`;
  };
  return { head: '', lineOf };
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Columns that ids, amounts and the like are read from: one number in ten passes a card number's check, so they stay as they are. */
function cellsToKeep(map: ConversionMap, layout: Layout): ReadonlySet<number> {
  return new Set(columnsOfFields(map).map((name) => layout.get(columnKey(name)) ?? -1));
}

function keysToKeep(map: ConversionMap): ReadonlySet<string> {
  return new Set(columnsOfFields(map).flatMap(spellingsOf).flatMap((path) => [path, path.split('.')[0]!]));
}

function columnsOfFields(map: ConversionMap) {
  return [map.fields, ...(map.also ?? []).map((also) => also.fields)].flatMap((fields: Partial<FieldSources>) => {
    const { metadata: _, ...others } = fields;
    return Object.values(others).flatMap((source) => columnsOf(source as Parameters<typeof columnsOf>[0]));
  });
}
