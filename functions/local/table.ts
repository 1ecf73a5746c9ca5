/** Rows as a table of aligned columns; numbers to the right. */
export function renderTable(rows: readonly Record<string, unknown>[]): string {
  if (rows.length === 0) return '(no rows)';
  const names = Object.keys(rows[0]);
  const cells = rows.map((row) => names.map((name) => printable(row[name])));
  const widths = names.map((name, column) => Math.max(name.length, ...cells.map((row) => row[column].length)));
  const numeric = names.map((_name, column) => cells.every((row) => /^-?[\d.,]*$/.test(row[column])));
  const line = (values: readonly string[]) => values.map((value, column) => (numeric[column] ? value.padStart(widths[column]) : value.padEnd(widths[column]))).join('  ').trimEnd();
  return [line(names), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(line)].join('\n');
}

/** One line, without control characters: a payload can't move the cursor. */
function printable(value: unknown): string {
  if (value === null || value === undefined) return '';
  return String(value).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');
}
