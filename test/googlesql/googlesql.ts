import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Cell } from './cells.ts';

const PROGRAM = fileURLToPath(new URL('evaluate.py', import.meta.url));

/** Name and GoogleSQL type. */
export type NamedType = readonly [name: string, type: string];

/** What a query gives. */
export interface Found {
  readonly columns: readonly NamedType[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Declared {
  readonly tables: Readonly<Record<string, readonly NamedType[]>>;
  readonly parameters: Readonly<Record<string, string>>;
  /** Options of tables and columns that DDL may set. */
  readonly options: Readonly<Record<string, string>>;
}

/** Google's analyzer and reference evaluator. Every method rejects with Google's own message. */
export interface GoogleSql {
  declare(declared: Declared): Promise<void>;
  fill(tables: Readonly<Record<string, readonly (readonly Cell[])[]>>): Promise<void>;
  /** Any one statement. */
  analyze(sql: string): Promise<void>;
  /** A query's columns; with `makes`, later statements may read a table of that name. */
  describe(sql: string, makes?: string): Promise<readonly NamedType[]>;
  evaluate(sql: string, parameters: Readonly<Record<string, Cell>>, makes?: string): Promise<Found>;
  close(): void;
}

/** Starts the Python that PAYMENTS_TEST_PYTHON names; it has PyPI `zetasql`. It takes some seconds, and ends with `close`. */
export function startGoogleSql(): GoogleSql {
  const python = process.env.PAYMENTS_TEST_PYTHON;
  if (!python) throw new Error('PAYMENTS_TEST_PYTHON must name the Python that has zetasql: run `npm run test:emulators`.');
  const ask = lineByLine(spawn(python, [PROGRAM]));
  return {
    declare: async (declared) => void (await ask({ do: 'declare', ...declared })),
    fill: async (tables) => void (await ask({ do: 'fill', tables })),
    analyze: async (sql) => void (await ask({ do: 'analyze', sql })),
    describe: async (sql, makes) => (await ask({ do: 'describe', sql, makes })).columns,
    evaluate: async (sql, parameters, makes) => ask({ do: 'evaluate', sql, parameters, makes }),
    close: () => ask.end(),
  };
}

type Ask = { (task: object): Promise<Found>; end(): void };

/** A line for each task, answered by a line, in order. */
function lineByLine(python: ChildProcessWithoutNullStreams): Ask {
  const waiting: { resolve: (found: Found) => void; reject: (error: Error) => void }[] = [];
  let last = '';
  python.stderr.on('data', (text: Buffer) => (last = `${last}${text}`.slice(-2_000)));
  createInterface({ input: python.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as Found & { readonly error?: string };
    const asked = waiting.shift();
    if (answer.error === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(answer.error));
  });
  python.on('close', () => waiting.splice(0).forEach(({ reject }) => reject(new Error(`Python ended. ${last}`))));
  const ask = (task: object) => {
    if (python.exitCode !== null) return Promise.reject(new Error(`Python ended. ${last}`));
    return new Promise<Found>((resolve, reject) => {
      waiting.push({ resolve, reject });
      python.stdin.write(`${JSON.stringify(task)}\n`);
    });
  };
  return Object.assign(ask, { end: () => void python.stdin.end() });
}
