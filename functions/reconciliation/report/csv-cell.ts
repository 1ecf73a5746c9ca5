/**
 * What a spreadsheet may take for a formula, in ASCII and full width, also behind blanks (some programs trim first); and a `'`,
 * so that taking one leading `'` away always gives the text back.
 */
const FORMULA_START = /^(?:[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\0'])/u;
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;

/** One cell of a CSV file, ready to be written. */
export type CsvCell = { readonly text: string | null } | { readonly number: string | number | null };

/**
 * Writes a cell by RFC 4180. A text is always quoted, and gets a `'` in front where a spreadsheet could run it as a formula
 * (OWASP, "CSV Injection"). A number is written bare, sign and all: it is one by its type, never by its looks. Null is empty.
 * Throws RangeError for a number that is no plain decimal.
 */
export function csvCell(cell: CsvCell): string {
  if ('text' in cell) return cell.text === null ? '' : `"${withoutFormula(cell.text).replaceAll('"', '""')}"`;
  if (cell.number === null) return '';
  const number = String(cell.number);
  if (!PLAIN_NUMBER.test(number)) throw new RangeError(`not a plain number: ${number}`);
  return number;
}

function withoutFormula(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}
