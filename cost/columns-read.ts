import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PARAMETER_TYPES } from '../sql/parameters.ts';
import { GOOGLE_TABLES } from '../sql/tables/index.ts';
import { SCHEDULED, statementText } from './scheduled-statements.ts';

const PROGRAM = fileURLToPath(new URL('columns_read.py', import.meta.url));

/** Asks Google's analyzer (PyPI `zetasql`, in this Python) which columns each scheduled statement reads. Throws with its message. */
export function analyzeColumnsRead(python: string): unknown {
  const tables = Object.fromEntries(GOOGLE_TABLES.map((table) => [table.name, table.columns.map((column) => [column.name, column.type])]));
  const statements = SCHEDULED.map(({ file, makes }) => ({ name: file, sql: statementText(file), ...(makes ? { makes } : {}) }));
  const { status, stdout, stderr } = spawnSync(python, [PROGRAM], { input: JSON.stringify({ tables, parameters: Object.fromEntries(PARAMETER_TYPES), statements }), encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(stderr.trim().split('\n').slice(-3).join('\n'));
  return JSON.parse(stdout);
}
