import { BOOK_NAMES, type BooksPlace, SCRATCH_NAMES } from './bigquery-names.ts';

/** A statement as BigQuery runs it, and the names of the parameters that it needs. */
export interface BigqueryStatement {
  readonly sql: string;
  readonly parameters: readonly string[];
}

// Literals and comments first, so that nothing inside them is touched. Names only where a table stands.
const TOKEN = /'(?:[^']|'')*'|--[^\n]*|@(\w+)|\b(FROM|JOIN|INTO|UPDATE|VIEW)(\s+)(\w+)\b/g;

/**
 * The files in `sql/` are BigQuery's dialect already. What is left is to say where the tables stand: every table and view gets its
 * project and dataset (a view must name them), a scratch table its dataset and the suffix of the run.
 */
export function toBigquery(sql: string, place: BooksPlace, run = ''): BigqueryStatement {
  const parameters = new Set<string>();
  const qualified = sql.replace(TOKEN, (token, parameter: string | undefined, word: string | undefined, space: string, name: string) => {
    if (parameter !== undefined) parameters.add(parameter);
    if (word === undefined) return token;
    return `${word}${space}${qualify(name, place, run)}`;
  });
  return { sql: qualified, parameters: [...parameters] };
}

/** A known name with project and dataset; another one (a common table expression) as it is. */
function qualify(name: string, place: BooksPlace, run: string): string {
  if (BOOK_NAMES.has(name)) return `\`${place.project}\`.\`${place.dataset}\`.\`${name}\``;
  if (run !== '' && SCRATCH_NAMES.has(name)) return scratchTable(name, place, run);
  return name;
}

/** A scratch table of one run: two at once never meet. */
export function scratchTable(name: string, place: BooksPlace, run: string): string {
  return `\`${place.project}\`.\`${place.scratch_dataset}\`.\`${name}_${run}\``;
}
