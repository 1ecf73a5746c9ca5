import { printable } from './printable.ts';

/** Columns of a terminal that the report fills at most; tables of texts that need more are written as blocks. */
export const TEXT_WIDTH = 100;
/** Columns that a table of money may fill: figures must stand one under the other to be compared, even where one of them is 10^15. */
export const MONEY_WIDTH = 120;
const INDENT = '  ';
const GAP = '  ';

/** A column of a table: its title, and whether its cells are figures (set to the right). */
export interface TextColumn {
  readonly title: string;
  readonly figures?: boolean;
}

/** How a table is set: `indent` before each line, `width` that it may fill. */
export interface TableLayout {
  readonly indent?: string;
  readonly width?: number;
}

/** A table with a line under its titles; where it would be wider than `width` (TEXT_WIDTH), a block of `title: value` for each row. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[], { indent = INDENT, width = TEXT_WIDTH }: TableLayout = {}): string[] {
  const { titles, rule, lines, needed } = aligned(columns, rows, indent);
  return needed > width ? blocks(columns, rows.map((row) => row.map(printable)), indent) : [titles, rule, ...lines];
}

/** A table's lines, cells one under the other, and the columns of the terminal that the longest of them needs. */
export function aligned(columns: readonly TextColumn[], rows: readonly (readonly string[])[], indent = INDENT) {
  const cells = rows.map((row) => row.map(printable));
  const widths = columns.map((column, index) => cells.reduce((most, row) => Math.max(most, lengthOf(row[index]!)), lengthOf(column.title)));
  const line = (row: readonly string[]) => (indent + row.map((cell, index) => padded(cell, widths[index]!, columns[index]!.figures)).join(GAP)).trimEnd();
  return {
    titles: line(columns.map((column) => column.title)),
    rule: indent + widths.map((one) => '-'.repeat(one)).join(GAP),
    lines: cells.map(line),
    needed: indent.length + widths.reduce((sum, one) => sum + one, 0) + GAP.length * (columns.length - 1),
  };
}

function blocks(columns: readonly TextColumn[], rows: readonly (readonly string[])[], indent: string): string[] {
  const width = Math.max(...columns.map((column) => lengthOf(column.title)));
  return rows.flatMap((row, place) => [
    ...(place === 0 ? [] : ['']),
    ...columns.flatMap((column, index) => (row[index] === '' ? [] : wrapped(`${column.title.padEnd(width)}  ${row[index]}`, indent, indent + ' '.repeat(width + GAP.length)))),
  ]);
}

/** A heading with a line under it, and an empty line before. */
export function heading(title: string): string[] {
  return ['', title, '='.repeat(lengthOf(title))];
}

/** Breaks a text into lines of TEXT_WIDTH at most; a word longer than a line is cut over several, so that no id is lost. */
export function wrapped(text: string, first = INDENT, next = first): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of printable(text).split(' ')) {
    let rest = [...word];
    const fits = (start: string) => lengthOf(start) + rest.length <= TEXT_WIDTH;
    if (!empty && !fits(`${line} `) && fits(next)) {
      lines.push(line.trimEnd());
      line = next;
      empty = true;
    }
    if (!empty) line += ' ';
    while (!fits(line)) {
      const room = Math.max(0, TEXT_WIDTH - lengthOf(line));
      lines.push((line + rest.slice(0, room).join('')).trimEnd());
      rest = rest.slice(room);
      line = next;
    }
    line += rest.join('');
    empty = false;
  }
  return [...lines, line.trimEnd()];
}

function padded(cell: string, width: number, figures: boolean | undefined): string {
  const blanks = ' '.repeat(width - lengthOf(cell));
  return figures ? blanks + cell : cell + blanks;
}

function lengthOf(text: string): number {
  return [...text].length;
}

/** The text cut to `most` characters, the cut marked by `…`. */
export function cutTo(text: string, most: number): string {
  const characters = [...printable(text)];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
