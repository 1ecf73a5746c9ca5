import { TextDecoder } from 'node:util';
import { readLines } from '../../adapters/embedded/line-reader.ts';
import { fault } from '../../payment/found.ts';
import { countKeys, shapeOf } from '../../payment/json-shape.ts';
import { EXIT, Failure } from '../../failure.ts';
import type { Layout, WantedColumn } from './columns.ts';
import type { Row } from './row-converter.ts';
import { rowFault } from './row-faults.ts';
import { wholeFile, type Encoding } from './text-encoding.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** The rows of JSON lines: for each wanted column one cell, the text at the first of its spellings that the object has. */
export function jsonRows(path: string, encoding: Encoding, wanted: readonly [string, WantedColumn][], progress: (bytes: number) => void): { readonly layout: Layout; readonly rows: AsyncIterable<Row> } {
  if (encoding === 'utf-16le') throw new Failure(EXIT.unusable, `${path} is in UTF-16.`, 'Save it as UTF-8.');
  const paths = wanted.map(([, column]) => column.spellings.map((spelling) => ({ whole: spelling, steps: spelling.split('.') })));
  return { layout: new Map(wanted.map(([key], index) => [key, index])), rows: readRows(path, new TextDecoder(encoding), paths, progress) };
}

type Path = { readonly whole: string; readonly steps: readonly string[] };

async function* readRows(path: string, decoder: TextDecoder, paths: readonly (readonly Path[])[], progress: (bytes: number) => void): AsyncGenerator<Row> {
  for await (const { lines } of readLines(countBytes(wholeFile(path), progress), { bytes_read: 0, lines_read: 0 })) {
    for (const { bytes, line_number, oversized } of lines) {
      const text = decoder.decode(bytes);
      if (oversized) yield { line_number, cells: [], fault: rowFault('not_json', '', `a line of ${oversized.bytes} bytes`), text };
      else yield readRow(text, line_number, paths);
    }
  }
}

async function* countBytes(pieces: AsyncIterable<Buffer>, progress: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    progress(piece.length);
    yield piece;
  }
}

function readRow(text: string, line_number: number, paths: readonly (readonly Path[])[]): Row {
  const object = parseObject(text);
  if (object === null) return { line_number, cells: [], fault: rowFault('not_json', '', text), text };
  if (shapeOf(Buffer.from(text)).keys !== countKeys(object)) return { line_number, cells: [], fault: fault('duplicate_key', '', 'a key twice in one object'), text };
  return { line_number, cells: paths.map((spellings) => cellAt(object, spellings)), fault: null, text };
}

// Its third argument has the number's own digits; the type library doesn't know it yet.
const parseWithSource = JSON.parse as (text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown) => unknown;

/** The object that a line holds, its numbers as the texts that they were written in, so that none goes through a float. */
function parseObject(text: string): JsonObject | null {
  try {
    const value = parseWithSource(text, (_key, inner, context) => (typeof inner === 'number' ? context.source : inner));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

function cellAt(object: JsonObject, spellings: readonly Path[]): string {
  for (const { whole, steps } of spellings) {
    const value = Object.hasOwn(object, whole) ? object[whole] : steps.reduce<unknown>(step, object);
    if (value !== undefined && value !== null) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  return '';
}

function step(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;
}
