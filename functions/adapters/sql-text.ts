import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SQL = new URL('../../sql/', import.meta.url);

/** One statement, as it stands in a file under `sql/`, without a closing semicolon. The packaged functions hold these texts instead of files. */
export function readSqlText(file: string): string {
  return readFileSync(new URL(file, SQL), 'utf8').trim().replace(/;$/, '');
}

/** The `.sql` files of a folder under `sql/`, in the order of their names, as `folder/name.sql`. */
export function listSqlFiles(folder: string): string[] {
  return readdirSync(fileURLToPath(new URL(`${folder}/`, SQL)))
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => `${folder}/${name}`);
}
