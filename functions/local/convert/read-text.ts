import type { Fault } from '../../payment/fault.ts';
import { columnKey, foldName, type Layout } from './columns.ts';
import type { ColumnName, TextSource } from './map-schema.ts';
import { rowFault } from './row-faults.ts';

export type Cells = readonly string[];
/** The cell's text without outer blanks. Empty where there is none. */
export type CellReader = (cells: Cells) => string;
/** A field's text; null where the row has none, or where a fault was added. */
export type FieldReader = (cells: Cells, faults: Fault[]) => string | null;

type Origin = Pick<TextSource, 'column' | 'columns' | 'join' | 'constant' | 'empty_values' | 'default_when_empty'>;

/** Reads one column's cell; of an optional column that the input lacks, the empty text. */
export function columnReader(name: ColumnName, layout: Layout): CellReader {
  const at = layout.get(columnKey(name)) ?? null;
  return at === null ? () => '' : (cells) => (cells[at] ?? '').trim();
}

/** Reads what a source names, before any format. Of joined columns none may be empty: a short id would be another payment's. */
export function originReader(source: Origin, layout: Layout): { readonly read: CellReader; readonly orDefault: string } {
  return { read: withoutEmptyValues(plainReader(source, layout), source.empty_values), orDefault: source.default_when_empty ?? '' };
}

function plainReader(source: Origin, layout: Layout): CellReader {
  if (source.constant !== undefined) {
    const { constant } = source;
    return () => constant;
  }
  if (source.column !== undefined) return columnReader(source.column, layout);
  const parts = (source.columns ?? []).map((name) => columnReader(name, layout));
  const join = source.join ?? '-';
  return (cells) => {
    const texts = parts.map((read) => read(cells));
    return texts.includes('') ? '' : texts.join(join);
  };
}

function withoutEmptyValues(read: CellReader, empty: readonly string[] | undefined): CellReader {
  if (empty === undefined) return read;
  const folded = new Set(empty.map(foldName));
  return (cells) => {
    const text = read(cells);
    return folded.has(foldName(text)) ? '' : text;
  };
}

/** The reader of a text field. An empty cell is a fault where the payment needs the field. */
export function textReader(field: string, source: TextSource, layout: Layout, needed: boolean): FieldReader {
  const { read, orDefault } = originReader(source, layout);
  const values = source.values && foldKeys(source.values);
  const prefix = source.prefix ?? '';
  const suffix = source.suffix ?? '';
  return (cells, faults) => {
    const text = read(cells);
    if (text === '') {
      if (orDefault === '' && needed) faults.push(rowFault('field_empty', field, ''));
      return orDefault || null;
    }
    const value = values ? (values.get(foldName(text)) ?? values.get('*')) : text;
    if (value === undefined) {
      faults.push(rowFault('value_not_in_map', field, text));
      return null;
    }
    return `${prefix}${value}${suffix}`;
  };
}

/** The entries of a map's values, by folded key. */
export function foldKeys<Value>(values: Readonly<Record<string, Value>>): Map<string, Value> {
  return new Map(Object.entries(values).map(([key, value]) => [foldName(key), value]));
}
