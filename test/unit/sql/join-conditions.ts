/** A text's words, brackets and commas; comments and quoted texts left out. */
function tokens(sql: string): string[] {
  return sql.replace(/--[^\n]*|'(?:[^'\\]|\\.|'')*'|`[^`]*`/g, ' _ ').match(/[A-Za-z_@$][\w.]*|\(|\)|[^\s\w]/g) ?? [];
}

/** What ends the condition of a join, at the depth where it began. */
const ENDS = new Set(['JOIN', 'LEFT', 'RIGHT', 'FULL', 'INNER', 'CROSS', 'WHERE', 'GROUP', 'HAVING', 'QUALIFY', 'ORDER', 'LIMIT', 'UNION', 'WINDOW', ';']);

/** How many conditions of joins hold a subquery. BigQuery refuses one that reads a table: "Unsupported subquery with table in join predicate". */
export function subqueriesInJoins(sql: string): number {
  let found = 0;
  let depth = 0;
  const conditions: number[] = []; // the depths at which a condition is open
  for (const token of tokens(sql)) {
    const word = token.toUpperCase();
    if (token === '(') depth++;
    if (token === ')') {
      depth--;
      while (conditions.length > 0 && conditions.at(-1)! > depth) conditions.pop();
    }
    if (ENDS.has(word) && conditions.at(-1) === depth) conditions.pop();
    if (word === 'SELECT' && conditions.length > 0) found++;
    if (word === 'ON') conditions.push(depth);
  }
  return found;
}
