import type { Cell } from './cells.ts';
import type { DuckdbSide } from './duckdb-side.ts';
import type { GoogleSql } from './googlesql.ts';
import { JOBS, queryOf, SCRATCH, type Statement, VIEWS } from './statements.ts';
import type { World } from './world.ts';

/** The words at a file's end after which the rows have an order. */
const ORDERED = /\bORDER BY [^()]*(LIMIT (@\w+|\d+))?$/;
/** Rows shown of a difference, of each side. */
const SHOWN = 4;

export interface Engines {
  readonly google: GoogleSql;
  readonly duckdb: DuckdbSide;
}

/** How much was compared. */
export interface Compared {
  statements: number;
  rows: number;
  /** Files whose answer had a row. */
  readonly with_rows: Set<string>;
}

/** The statements in which each reads only what stands before it: views, then scratch tables, then the rest. */
export const IN_ORDER: readonly Statement[] = [...VIEWS.filter(({ makes }) => makes !== 'archived_messages'), ...SCRATCH, ...JOBS];

/**
 * Fills both engines with a world, and runs every query of the project on both. Returns what differs, a text for each statement:
 * nothing, where the engines agree.
 */
export async function compareAll({ google, duckdb }: Engines, world: World, parameters: Readonly<Record<string, Cell>>, compared: Compared): Promise<string[]> {
  const differences: string[] = [];
  await google.fill(world);
  await duckdb.withRows(world, async () => {
    for (const { file, sql, makes } of IN_ORDER) {
      const query = makes === undefined ? queryOf(sql) : sql;
      if (query === null) continue;
      const found = await google.evaluate(query, parameters, makes).catch((error: unknown) => String(error));
      const isView = VIEWS.some((view) => view.makes === makes);
      const answer = await duckdb.evaluate(isView ? `SELECT * FROM ${makes}` : query, parameters, isView ? undefined : makes).catch((error: unknown) => String(error));
      if (typeof found === 'string' || typeof answer === 'string') {
        if (typeof found === 'string' || makes === undefined) differences.push(`${file}\n  Google: ${short(found)}\n  DuckDB: ${short(answer)}`);
        else differences.push(`${file}\n  DuckDB: ${short(answer)}`);
        if (typeof answer === 'string') break; // its transaction is over
        continue;
      }
      compared.statements += 1;
      compared.rows += found.rows.length;
      if (found.rows.length > 0) compared.with_rows.add(file);
      const difference = differ(found.columns.map(([name]) => name), found.rows, answer.names, answer.rows, ORDERED.test(query.trim()) && !/OVER \(/.test(ORDERED.exec(query.trim())![0]));
      if (difference !== null) differences.push(`${file}\n${difference}`);
    }
  });
  return differences;
}

function short(found: string | { readonly rows: readonly unknown[] }): string {
  return typeof found === 'string' ? found.slice(0, 600) : `${found.rows.length} rows`;
}

function differ(names: readonly string[], google: readonly (readonly Cell[])[], duckdbNames: readonly string[], duckdb: readonly (readonly Cell[])[], ordered: boolean): string | null {
  if (names.length !== duckdbNames.length || names.some((name, place) => name !== '' && duckdbNames[place] !== name && !/\W/.test(duckdbNames[place]))) return `  columns: ${names.join(' ')}; DuckDB: ${duckdbNames.join(' ')}`;
  const [left, right] = [google, duckdb].map((rows) => rows.map((row) => JSON.stringify(row)));
  if (!ordered) {
    left.sort();
    right.sort();
  }
  if (left.length === right.length && left.every((text, place) => text === right[place])) return null;
  const only = (of: readonly string[], others: readonly string[]) => {
    const rest = [...others];
    return of.filter((text) => {
      const place = rest.indexOf(text);
      if (place >= 0) rest.splice(place, 1);
      return place < 0;
    });
  };
  const show = (rows: readonly string[]) => rows.slice(0, SHOWN).map((row) => `\n    ${named(names, row)}`).join('');
  const [a, b] = [only(left, right), only(right, left)];
  if (a.length + b.length === 0) return `  the same rows in another order\n  Google:${show(left)}\n  DuckDB:${show(right)}`;
  return `  Google only (${a.length} of ${left.length}):${show(a)}\n  DuckDB only (${b.length} of ${right.length}):${show(b)}`;
}

function named(names: readonly string[], row: string): string {
  return (JSON.parse(row) as Cell[]).map((cell, place) => `${names[place]}=${cell === null ? 'null' : JSON.stringify(cell).slice(0, 90)}`).join(' ');
}
