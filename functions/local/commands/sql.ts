import { StatementType } from '@duckdb/node-api';
import { counted } from '../../figures.ts';
import { openStore } from '../../adapters/embedded/store.ts';
import { fromDuckdbRow } from '../../adapters/embedded/duckdb-values.ts';
import { formatMicros } from '../../payment/time.ts';
import { EXIT, Failure } from '../../failure.ts';
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
  const store = await openStore(directory, { readOnly: true });
  try {
    await store.connection.run('SET lock_configuration = true');
    const statements = await store.connection.extractStatements(query);
    if (statements.count !== 1) throw new Error(`${counted(statements.count, 'statement')}, and only one is taken`);
    const prepared = await statements.prepare(0);
    if (prepared.statementType !== StatementType.SELECT) throw new Error('it is no query; only SELECT (and DESCRIBE, SHOW, SUMMARIZE) is taken');
    const result = await prepared.runAndReadAll();
    const types = Object.fromEntries(result.deduplicatedColumnNames().map((name, column) => [name, String(result.columnType(column))]));
    return result.getRowObjects().map((row) => readable(fromDuckdbRow(row), types));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(EXIT.usage, `The query failed: ${(error as Error).message}`, 'Views and tables: payments sql "SELECT table_name, comment FROM duckdb_tables() UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal".');
  } finally {
    store.close();
  }
}

/** Times as RFC 3339, bytes as hex, integers that a JSON number holds exactly as numbers. */
function readable(row: Record<string, unknown>, types: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, readableValue(value, types[name])]));
}

function readableValue(value: unknown, type: string): unknown {
  if (typeof value === 'number' && type.startsWith('TIMESTAMP')) return formatMicros(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (value === null || typeof value !== 'object') return value;
  return String(value);
}
