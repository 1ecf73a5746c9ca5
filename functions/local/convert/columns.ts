import type { ColumnName, ConversionMap, FieldSources } from './map-schema.ts';

/** One column that a map asks for. */
export interface WantedColumn {
  readonly spellings: readonly string[];
  /** The input may do without it. */
  readonly optional: boolean;
}

/** Where each wanted column is in a row, by its key; null where an optional one is missing. */
export type Layout = ReadonlyMap<string, number | null>;

type Source = { readonly column?: ColumnName; readonly columns?: readonly ColumnName[]; readonly column_in?: ColumnName; readonly column_out?: ColumnName; readonly optional?: boolean };

/** What a column is known by inside: equal for equal lists of spellings. */
export function columnKey(name: ColumnName): string {
  return spellingsOf(name).join('\n');
}

/** The names under which a column may stand in a header; the first that is there counts. */
export function spellingsOf(name: ColumnName): readonly string[] {
  return typeof name === 'string' ? [name] : name;
}

/** All columns that a map asks for, each once. One that some field needs is needed. */
export function wantedColumns(map: ConversionMap): Map<string, WantedColumn> {
  const wanted = new Map<string, WantedColumn>();
  const add = (name: ColumnName, optional: boolean) => {
    const before = wanted.get(columnKey(name));
    wanted.set(columnKey(name), { spellings: spellingsOf(name), optional: optional && (before?.optional ?? true) });
  };
  for (const source of sourcesOf(map)) {
    for (const name of columnsOf(source)) add(name, source.optional ?? false);
  }
  for (const rule of map.ignore_rows ?? []) add(rule.column, false);
  return wanted;
}

function sourcesOf(map: ConversionMap): Source[] {
  return [map.fields, ...(map.also ?? []).map((also) => also.fields)].flatMap((fields: Partial<FieldSources>) => {
    const { metadata, ...others } = fields;
    return [...(Object.values(others) as Source[]), ...Object.values(metadata ?? {})];
  });
}

/** The columns of one source. */
export function columnsOf(source: Source): ColumnName[] {
  return [source.column, ...(source.columns ?? []), source.column_in, source.column_out].filter((name) => name !== undefined);
}

/** How header cells and column names are compared: without outer blanks, a byte order mark, runs of white space and case. */
export function foldName(name: string): string {
  return name.replace(/^\ufeff/, '').trim().replace(/\s+/g, ' ').toLowerCase();
}

export interface FoundHeader {
  readonly layout: Layout;
  /** Needed columns that the header hasn't. */
  readonly missing: readonly WantedColumn[];
  /** Wanted names that stand twice in the header: no telling which is meant. */
  readonly doubled: readonly string[];
  /** How many wanted columns were found. */
  readonly found: number;
}

/** Looks for the wanted columns among the cells of a header. */
export function readHeader(cells: readonly string[], wanted: ReadonlyMap<string, WantedColumn>): FoundHeader {
  const names = cells.map(foldName);
  const layout = new Map<string, number | null>();
  const missing: WantedColumn[] = [];
  const doubled: string[] = [];
  for (const [key, column] of wanted) {
    const spelling = column.spellings.find((name) => names.includes(foldName(name)));
    const at = spelling === undefined ? -1 : names.indexOf(foldName(spelling));
    layout.set(key, at < 0 ? null : at);
    if (at < 0 && !column.optional) missing.push(column);
    if (at >= 0 && names.lastIndexOf(names[at]!) !== at) doubled.push(cells[at]!.trim());
  }
  return { layout, missing, doubled, found: [...layout.values()].filter((at) => at !== null).length };
}
