import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { readSqlText } from '../../functions/adapters/sql-text.ts';

const SQL = fileURLToPath(new URL('../../sql/', import.meta.url));

/** The module that stands in for functions/adapters/sql-text.ts in a package: the same texts, without files. */
export function sqlTextModule(): string {
  const files = globSync('**/*.sql', { cwd: SQL }).map((file) => file.replaceAll('\\', '/')).sort();
  return `const TEXTS = ${JSON.stringify(Object.fromEntries(files.map((file) => [file, readSqlText(file)])))};
export function readSqlText(file) {
  const text = TEXTS[file];
  if (text === undefined) throw new Error('no statement is called ' + file);
  return text;
}
export function listSqlFiles(folder) {
  return Object.keys(TEXTS).filter((file) => file.startsWith(folder + '/') && !file.slice(folder.length + 1).includes('/')).sort();
}
`;
}

/** Puts the statements into the package: a function has no `sql/` beside it. */
export const sqlTexts: Plugin = {
  name: 'sql-texts',
  setup(build) {
    build.onLoad({ filter: /[\\/]functions[\\/]adapters[\\/]sql-text\.ts$/ }, () => ({ contents: sqlTextModule(), loader: 'js' }));
  },
};
