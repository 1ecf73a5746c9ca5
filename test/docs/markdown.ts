import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The project's root: documents name files from here, or from beside themselves. */
export const ROOT = join(import.meta.dirname, '../..');

export function readDocument(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** The fenced blocks of a document in one language, in order. */
export function fencedBlocks(text: string, language: string): string[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter((found) => found[1] === language).map((found) => found[2]!);
}

/** The text under a heading, up to the next one of the same level or above. Throws where there is none. */
export function section(text: string, heading: string): string {
  const lines = text.split('\n');
  const start = lines.indexOf(heading);
  if (start < 0) throw new Error(`There is no heading "${heading}".`);
  const level = /^#+/.exec(heading)![0].length;
  const end = lines.findIndex((line, index) => index > start && /^#+ /.test(line) && /^#+/.exec(line)![0].length <= level);
  return lines.slice(start + 1, end < 0 ? undefined : end).join('\n');
}

/** The rows of all tables in a text, without headings and rules: trimmed cells. `\|` is a stroke inside a cell. */
export function tableRows(text: string): string[][] {
  const lines = text.split('\n');
  return lines
    .filter((line, index) => line.startsWith('|') && !/^\|[-:| ]+\|$/.test(line) && !/^\|[-:| ]+\|$/.test(lines[index + 1] ?? ''))
    .map((line) => line.slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')));
}

/** A cell without its back ticks. */
export function bare(cell: string): string {
  return cell.replaceAll('`', '');
}
