import { StatementType } from '@duckdb/node-api';
import { counted } from '../../figures.ts';
import { openStore } from '../../adapters/embedded/store.ts';
import { fromDuckdbRow } from '../../adapters/embedded/duckdb-values.ts';
import { EXIT, Failure } from '../../failure.ts';
import { forMachines } from '../for-machines.ts';
import { renderTable } from '../table.ts';
import { type AddCommand, type CommonOptions, terminalFor, withCommonOptions } from './command.ts';

/** Rows printed. Prevents a query without a limit from filling the terminal; --json prints all. */
const ROWS_SHOWN = 200;

/** `payments sql`: one query on the books, on a store that can't be written to. */
export const sqlCommand: AddCommand = (program) => {
  const command = program
    .command('sql')
    .description('run one query on the books, read-only: the store is opened for reading, external access is off, the configuration is locked')
    .argument('<query>', 'one statement, e.g. "SELECT disposition, COUNT(*) FROM message_dispositions GROUP BY 1"');
  withCommonOptions(command).action(async (query: string, options: CommonOptions) => {
    const terminal = terminalFor(options);
    const rows = await readOnlyQuery(options.dataDir, query);
    if (options.json) return terminal.printJson(rows);
    terminal.print(renderTable(rows.slice(0, ROWS_SHOWN)));
    if (rows.length > ROWS_SHOWN) terminal.note(`… and ${counted(rows.length - ROWS_SHOWN, 'more row')} (--json prints all).`);
  });
};

/** Runs one statement on a store that is opened for reading only. Throws `Failure` (exit 2) for a statement that fails. */
export async function readOnlyQuery(directory: string, query: string): Promise<Record<string, unknown>[]> {
  if (!holdsStatement(query)) throw new Failure(EXIT.usage, 'The query failed: there is no statement in it.', 'Give one in quotes: payments sql "SELECT * FROM payment_transactions LIMIT 10".');
  const store = await openStore(directory, { readOnly: true });
  try {
    await store.connection.run('SET lock_configuration = true');
    const statements = await store.connection.extractStatements(query);
    if (statements.count !== 1) throw new Error(`${counted(statements.count, 'statement')}, and only one is taken`);
    const prepared = await statements.prepare(0);
    if (prepared.statementType !== StatementType.SELECT) throw new Error('it is no query; only SELECT (and DESCRIBE, SHOW, SUMMARIZE) is taken');
    const result = await prepared.runAndReadAll();
    const types = Object.fromEntries(result.deduplicatedColumnNames().map((name, column) => [name, String(result.columnType(column))]));
    return result.getRowObjects().map((row) => forMachines(fromDuckdbRow(row), (name) => types[name]!.startsWith('TIMESTAMP')));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(EXIT.usage, `The query failed: ${(error as Error).message}`, 'Views and tables: payments sql "SELECT table_name, comment FROM duckdb_tables() UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal".');
  } finally {
    store.close();
  }
}

/** Of nothing but white space, comments and semicolons DuckDB only says that something went wrong. */
function holdsStatement(query: string): boolean {
  return query.replace(/--.*|\/\*[^]*?\*\//g, '').replace(/[\s;]/g, '') !== '';
}
