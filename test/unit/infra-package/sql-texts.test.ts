import { globSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import * as files from '../../../functions/adapters/sql-text.ts';
import { sqlTextModule } from '../../../infra/package/sql-texts.ts';
import { sharedDirectory } from '../../support/temporary-directory.ts';

const SQL = join(import.meta.dirname, '../../../sql');
const statements = globSync('**/*.sql', { cwd: SQL }).sort();
const file = join(sharedDirectory(), 'texts.mjs');
writeFileSync(file, sqlTextModule());
const packed = (await import(pathToFileURL(file).href)) as typeof files;

test('there are statements to look at', () => expect(statements.length).toBeGreaterThan(50));

test('a package reads every statement as the files have it', () => {
  expect(statements.filter((name) => packed.readSqlText(name) !== files.readSqlText(name))).toEqual([]);
});

test('a package lists every folder as it is', () => {
  const folders = [...new Set(statements.map((name) => dirname(name)))];
  expect(folders.map((folder) => [folder, packed.listSqlFiles(folder)])).toEqual(folders.map((folder) => [folder, files.listSqlFiles(folder)]));
});

test('the module has what the files\' has, and nothing else', () => expect(Object.keys(packed).sort()).toEqual(Object.keys(files).sort()));

test('a statement that isn\'t there is no empty text', () => expect(() => packed.readSqlText('jobs/none.sql')).toThrow('no statement is called jobs/none.sql'));
